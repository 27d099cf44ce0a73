import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type InventoryEntry, inventory, inventoryKey, labels, MigStorage, Namespace, PersistentVolumeClaim, Restore } from '@godwit/api';
import { isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { StoreError } from '@godwit/objectstore';
import { StorageAccessError, storeAccessOf } from '../../storage/access.ts';
import { pieceName } from '../names.ts';
import { runsOfPlan } from '../plan-runs.ts';
import type { Run, Scope } from '../scope.ts';
import { labelled, type Migrated, migratedOf } from './migrated.ts';

const readEntries = async ({ world, plan }: Scope, restore: string): Promise<InventoryEntry[] | undefined> => {
  const { name = '', namespace } = plan.spec.migStorageRef ?? {};
  const storage = await world.connections.host.get(MigStorage, { namespace, name });
  if (storage === undefined) return undefined;
  const store = world.openStore(await storeAccessOf(world, storage));
  const body = await store.get(inventoryKey(restore));
  if (body === undefined) return undefined;
  return inventory.parse(JSON.parse(gunzipSync(await buffer(body)).toString()));
};

/** A kind that is served no more has no objects left; its definition may have been removed in this very phase. */
const noneWhenGone = (error: unknown): { items: KubeObject[] } => {
  if (isApiError(error) && error.status === 404) return { items: [] };
  throw error;
};

const byLabel = async ({ target, namespaces }: Scope, resource: Resource, labelSelector: string): Promise<Migrated[]> => {
  const lists = await Promise.all(
    namespaces.map(({ target: namespace }) => target.list(resource, { namespace, labelSelector }).catch(noneWhenGone)),
  );
  return lists.flatMap(({ items }) => items.map((item: KubeObject) => labelled(resource, item)));
};

/** What carries the label of the run; not its claims, which a restore never brings. */
const labelledByRun = async (scope: Scope, { metadata }: Run): Promise<Migrated[]> => {
  const served = (await scope.target.discover()).filter(
    ({ preferred, scope: reach, verbs, kind }) =>
      preferred && reach === 'Namespaced' && verbs.includes('list') && verbs.includes('delete') && kind !== PersistentVolumeClaim.kind,
  );
  return (await Promise.all(served.map((each) => byLabel(scope, each, `${labels.migratedByMigMigration}=${metadata.uid}`)))).flat();
};

const hasRestore = async ({ world, target }: Scope, run: Run): Promise<boolean> =>
  (await target.get(Restore, { namespace: world.settings.namespace, name: pieceName(run, 'final') })) !== undefined;

/** Everything that the restores of these runs created, from the inventories in the repository; labels stand in where a restore left none. */
const restoredByRuns = async (scope: Scope, runs: readonly Run[]): Promise<Migrated[]> => {
  const found: Migrated[] = [];
  for (const run of runs) {
    const entries = await readEntries(scope, pieceName(run, 'final'));
    if (entries !== undefined) found.push(...entries.map(migratedOf));
    else if (await hasRestore(scope, run)) found.push(...(await labelledByRun(scope, run)));
  }
  return found;
};

/** A repository that is gone, not only away, must not keep the source asleep for ever. */
const noneWhenLost = (error: unknown): undefined => {
  if (error instanceof StorageAccessError || (error instanceof StoreError && error.fault !== 'unreachable')) return undefined;
  throw error;
};

/** Everything that the restore of a failed or canceled run created; of a run that has not come to its restore, nothing, whatever has become of the repository. */
export const restoredByRun = async (scope: Scope, run: Run): Promise<Migrated[]> => {
  if (!(await hasRestore(scope, run))) return [];
  const entries = await readEntries(scope, pieceName(run, 'final')).catch(noneWhenLost);
  return entries?.map(migratedOf) ?? labelledByRun(scope, run);
};

/** Everything that the plan's runs left on the target: restored objects, copied claims, namespaces made for them. */
export const everythingMigrated = async (scope: Scope): Promise<Migrated[]> => {
  const labelSelector = `${labels.migratedByMigPlan}=${scope.plan.metadata.uid}`;
  const [restored, claims, namespaces] = await Promise.all([
    runsOfPlan(scope).then((runs) => restoredByRuns(scope, runs)),
    byLabel(scope, PersistentVolumeClaim as Resource, labelSelector),
    scope.target.list(Namespace, { labelSelector }),
  ]);
  const made = namespaces.items.map((item) => labelled(Namespace as Resource, item as KubeObject));
  const seen = new Set<string>();
  return [...restored, ...claims, ...made].filter(({ uid }) => !seen.has(uid) && seen.add(uid));
};
