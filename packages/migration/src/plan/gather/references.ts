import { MigCluster, MigHook, MigMigration, MigPlan, MigStorage } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import type { Reference, World } from '../../world.ts';
import type { Referred } from '../facts.ts';
import type { PastMigration } from '../migration-type.ts';
import type { SuspendingMigration } from '../suspended.ts';

/** The objects of the host that a plan refers to, or that refer to it. */
export type References = {
  source: Referred<MigCluster>;
  destination: Referred<MigCluster>;
  storage: Referred<MigStorage>;
  hooks: readonly Referred<MigHook>[];
  /** Every other open plan. */
  others: readonly MigPlan[];
  /** Newest first. */
  migrations: readonly MigMigration[];
};

type WithConditions = KubeObject & { status?: { conditions?: { type: string; status: string }[] | undefined } };

/** Whether an object has a condition that is True. */
export const has = ({ status }: WithConditions, type: string): boolean => isTrue(status?.conditions, type);

const resolve = async <T extends WithConditions>(
  { cache, connections }: World,
  kind: Resource<T>,
  reference: Reference | undefined,
  own: string,
): Promise<Referred<T>> => {
  const { namespace = own, name } = reference ?? {};
  if (!name) return { state: 'not-set' };
  const object = (await cache(connections.host, kind, { namespace })).get({ namespace, name });
  return object === undefined ? { state: 'not-found' } : { state: 'found', object, ready: has(object, 'Ready') };
};

const newestFirst = (a: MigMigration, b: MigMigration): number =>
  (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '');

/** Reads them from the shared watches. */
export const readReferences = async (world: World, plan: MigPlan): Promise<References> => {
  const { host } = world.connections;
  const { namespace = '', name, uid } = plan.metadata;
  const [plans, migrations] = await Promise.all([
    world.cache(host, MigPlan, { namespace }),
    world.cache(host, MigMigration, { namespace }),
  ]);
  return {
    source: await resolve(world, MigCluster, plan.spec.srcMigClusterRef, namespace),
    destination: await resolve(world, MigCluster, plan.spec.destMigClusterRef, namespace),
    storage: await resolve(world, MigStorage, plan.spec.migStorageRef, namespace),
    hooks: await Promise.all((plan.spec.hooks ?? []).map(({ reference }) => resolve(world, MigHook, reference, namespace))),
    others: plans
      .list(namespace)
      .filter(({ metadata, spec }) => metadata.uid !== uid && metadata.deletionTimestamp === undefined && spec.closed !== true),
    migrations: migrations
      .list(namespace)
      .filter(({ spec }) => spec.migPlanRef?.name === name)
      .sort(newestFirst),
  };
};

/** A migration as the rules of type and suspension see it; a canceled one has not succeeded. */
export const pastMigration = (migration: MigMigration): PastMigration & SuspendingMigration => ({
  rollback: migration.spec.rollback === true,
  stage: migration.spec.stage === true,
  migrateState: migration.spec.migrateState === true,
  running: has(migration, 'Running'),
  succeeded: !has(migration, 'Canceled') && (has(migration, 'Succeeded') || has(migration, 'SucceededWithWarnings')),
});
