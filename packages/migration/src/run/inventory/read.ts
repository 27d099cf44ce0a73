import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { type InventoryEntry, inventory, inventoryKey, labels, MigStorage, Namespace, PersistentVolumeClaim, Restore } from '@godwit/api';
import { isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { storeAccessOf } from '../../storage/access.ts';
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

const byLabel = async ({ target, namespaces, plan }: Scope, resource: Resource): Promise<Migrated[]> => {
  const labelSelector = `${labels.migratedByMigPlan}=${plan.metadata.uid}`;
  const lists = await Promise.all(
    namespaces.map(({ target: namespace }) => target.list(resource, { namespace, labelSelector }).catch(noneWhenGone)),
  );
  return lists.flatMap(({ items }) => items.map((item: KubeObject) => labelled(resource, item)));
};

/** Everything that the restores of these runs created, from the inventories in the repository; labels stand in where a restore left none. */
export const restoredObjects = async (scope: Scope, runs: readonly Run[]): Promise<Migrated[]> => {
  const found: Migrated[] = [];
  for (const run of runs) {
    const name = pieceName(run, 'final');
    const entries = await readEntries(scope, name);
    if (entries !== undefined) found.push(...entries.map(migratedOf));
    else if ((await scope.target.get(Restore, { namespace: scope.world.settings.namespace, name })) !== undefined)
      found.push(...(await labelledEverywhere(scope)));
  }
  return found;
};

const labelledEverywhere = async (scope: Scope): Promise<Migrated[]> => {
  const served = (await scope.target.discover()).filter(
    ({ preferred, scope: reach, verbs }) => preferred && reach === 'Namespaced' && verbs.includes('list') && verbs.includes('delete'),
  );
  return (await Promise.all(served.map((resource) => byLabel(scope, resource)))).flat();
};

/** Everything that the plan's runs left on the target: restored objects, copied claims, namespaces made for them. */
export const everythingMigrated = async (scope: Scope): Promise<Migrated[]> => {
  const [restored, claims, namespaces] = await Promise.all([
    runsOfPlan(scope).then((runs) => restoredObjects(scope, runs)),
    byLabel(scope, PersistentVolumeClaim as Resource),
    scope.target.list(Namespace, { labelSelector: `${labels.migratedByMigPlan}=${scope.plan.metadata.uid}` }),
  ]);
  const made = namespaces.items.map((item) => labelled(Namespace as Resource, item as KubeObject));
  const seen = new Set<string>();
  return [...restored, ...claims, ...made].filter(({ uid }) => !seen.has(uid) && seen.add(uid));
};
