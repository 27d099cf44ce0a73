import { MigCluster, MigHook, MigMigration, MigPlan, MigStorage } from '@godwit/api';
import { type Controller, hasReconciled, keyOf, latestOf, nameOf, type Reader, type Source, timeOf } from '@godwit/controller';
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

/** A run that begins asks for a refresh next, which judges everything that its beginning could have changed. */
const AHEAD_OF_REFRESH = new Set(['Created', 'Started', 'StartRefresh']);

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
  const planOfMigration = ({ metadata, spec, status }: MigMigration): string[] =>
    spec.migPlanRef?.name && !AHEAD_OF_REFRESH.has(status?.phase ?? 'Created')
      ? asNews(known, [`${spec.migPlanRef.namespace ?? metadata.namespace}/${spec.migPlanRef.name}`])
      : [];
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

const closePlan = async (world: World, plan: MigPlan): Promise<MigPlan> => {
  if (!has(plan, 'Closed')) await removeTraces(world, plan);
  const conditions = settledConditions(plan.status?.conditions ?? [], { claims: [closed], unjudged: [] }, timeOf(world.clock.now()));
  return record(world, MigPlan, plan, { status: { conditions } });
};

const work = async (world: World, plan: MigPlan): Promise<MigPlan> =>
  plan.spec.closed === true ? closePlan(world, plan) : record(world, MigPlan, plan, await judgePlan(world, plan));

/** A closed plan is not looked at again, nor a ready one: changes wake both. */
const rests = (plan: MigPlan): boolean => plan.spec.closed === true || has(plan, 'Ready');

/** Checks plans, discovers their volumes, and prepares the storage on both clusters. */
export const migPlanController = (world: World): Controller => {
  const known: Known = { specs: new Set(), news: new Set(), worked: new Set() };
  const { host } = world.connections;
  const { namespace } = world.settings;
  const latest = latestOf(world.cache, host, MigPlan, { namespace });
  return {
    name: 'migplan',
    sources: sourcesOf(world, known),
    reconcile: async (key) => {
      known.plans ??= await world.cache(host, MigPlan, { namespace });
      const plan = await latest.get(nameOf(key));
      if (plan === undefined || plan.metadata.deletionTimestamp !== undefined) return undefined;
      if (isEcho(known, key, plan)) return rests(plan) ? undefined : { after: RECHECK };
      const judged = latest.wrote(await reportingFailure(world, MigPlan, plan, () => work(world, plan)));
      return rests(judged) ? undefined : { after: RECHECK };
    },
  };
};
