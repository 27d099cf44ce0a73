import { MigCluster, MigHook, MigMigration, MigPlan, MigStorage } from '@godwit/api';
import { type Controller, hasReconciled, keyOf, nameOf, type Reader, type Source, timeOf } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { reportingFailure } from '../shared/reconcile-failed.ts';
import { record } from '../shared/record.ts';
import { settledConditions } from '../shared/settle.ts';
import { sourceOf } from '../shared/source-of.ts';
import { whenChanged } from '../shared/when-changed.ts';
import type { Reference, World } from '../world.ts';
import { closed, removeTraces } from './close.ts';
import { has } from './gather/references.ts';
import { judgePlan } from './judge.ts';

/** A plan that is not ready is looked at again at the latest after this time. */
const RECHECK = '60s';

/** What the sources remember: the plans, and why their keys were woken. */
type Known = { plans?: Reader<MigPlan>; specs: Set<string>; news: Set<string>; worked: Set<string> };

const names = ({ metadata }: KubeObject, reference: Reference | undefined, own: string | undefined): boolean =>
  reference?.name === metadata.name && (reference?.namespace ?? own) === metadata.namespace;

const references = ({ spec }: MigPlan): (Reference | undefined)[] => [
  spec.srcMigClusterRef,
  spec.destMigClusterRef,
  spec.migStorageRef,
  ...(spec.hooks ?? []).map(({ reference }) => reference),
];

const asNews = (known: Known, keys: string[]): string[] => {
  for (const key of keys) known.news.add(key);
  return keys;
};

/** Whether a plan was woken only by the write of its spec that this controller made itself. */
const isEcho = (known: Known, key: string, plan: MigPlan): boolean => {
  const woken = { bySpec: known.specs.delete(key), byNews: known.news.delete(key), before: known.worked.has(key) };
  known.worked.add(key);
  return woken.bySpec && !woken.byNews && woken.before && hasReconciled(plan) && plan.spec.refresh !== true;
};

/** The plans that refer to an object. Before the first plan was worked on none is missed: each will read the object then. */
const plansOf =
  (known: Known) =>
  (object: KubeObject): string[] =>
    asNews(
      known,
      (known.plans?.list() ?? [])
        .filter((plan) => references(plan).some((reference) => names(object, reference, plan.metadata.namespace)))
        .map(keyOf),
    );

const readiness = (object: MigCluster): unknown => [object.metadata.generation, has(object, 'Ready')];

const sourcesOf = ({ connections: { host }, settings: { namespace } }: World, known: Known): Source[] => {
  const planOfMigration = ({ metadata, spec }: MigMigration): string[] =>
    spec.migPlanRef?.name ? asNews(known, [`${spec.migPlanRef.namespace ?? metadata.namespace}/${spec.migPlanRef.name}`]) : [];
  const ownPlan = (plan: MigPlan): string[] => {
    known.specs.add(keyOf(plan));
    return [keyOf(plan)];
  };
  const progress = (object: MigMigration) => ['Running', 'Succeeded', 'SucceededWithWarnings', 'Canceled'].map((type) => has(object, type));
  const watched = { client: host, namespace };
  const referred = [MigCluster, MigStorage, MigHook] as unknown as readonly Resource<MigCluster>[];
  return [
    sourceOf({ ...watched, resource: MigPlan, keys: whenChanged<MigPlan>(({ spec }) => spec, ownPlan) }),
    ...referred.map((resource) => sourceOf({ ...watched, resource, keys: whenChanged(readiness, plansOf(known)) })),
    sourceOf({ ...watched, resource: MigMigration, keys: whenChanged(progress, planOfMigration) }),
  ];
};

const closePlan = async (world: World, plan: MigPlan): Promise<void> => {
  if (!has(plan, 'Closed')) await removeTraces(world, plan);
  const conditions = settledConditions(plan.status?.conditions ?? [], { claims: [closed], unjudged: [] }, timeOf(world.clock.now()));
  await record(world, MigPlan, plan, { status: { conditions } });
};

const work = async (world: World, plan: MigPlan): Promise<boolean> => {
  if (plan.spec.closed === true) {
    await closePlan(world, plan);
    return true;
  }
  return has(await record(world, MigPlan, plan, await judgePlan(world, plan)), 'Ready');
};

/** Checks plans, discovers their volumes, and prepares the storage on both clusters. */
export const migPlanController = (world: World): Controller => {
  const known: Known = { specs: new Set(), news: new Set(), worked: new Set() };
  const { host } = world.connections;
  return {
    name: 'migplan',
    sources: sourcesOf(world, known),
    reconcile: async (key) => {
      known.plans ??= await world.cache(host, MigPlan, { namespace: world.settings.namespace });
      const plan = await host.get(MigPlan, nameOf(key));
      if (plan === undefined || plan.metadata.deletionTimestamp !== undefined) return undefined;
      if (isEcho(known, key, plan)) return has(plan, 'Ready') || plan.spec.closed === true ? undefined : { after: RECHECK };
      return (await reportingFailure(world, MigPlan, plan, () => work(world, plan))) ? undefined : { after: RECHECK };
    },
  };
};
