import { DirectVolumeMigration, fieldManagers, finalizers, Pod, Service } from '@godwit/api';
import {
  type Controller,
  carryOut,
  createRecorder,
  createTasks,
  type Delay,
  hasFinalizer,
  holdsOf,
  keyOf,
  type Latest,
  latestOf,
  nameOf,
  type Recorder,
  type Round,
  settleConditions,
  statusPatch,
  type Tasks,
  timeOf,
  type Walked,
  walk,
  withFinalizer,
  withoutFinalizer,
} from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { World } from '../world.ts';
import { DVM_ANNOTATION } from './names.ts';
import { noNotes, openScope, TRANSFER_PODS } from './open-scope.ts';
import { choosePipeline, volumeMigrationFailed } from './pipelines.ts';
import { recordProgress } from './progress/record-progress.ts';
import type { Notes, Scope } from './scope.ts';
import { copyStatus, phaseStarted } from './status/status.ts';
import { removal, transferObjects } from './transfer/leftovers.ts';
import { missingClaims, readClusters, type ValidationFacts, validationClaims } from './validate.ts';
import { volumePairs } from './volume-pair.ts';
import { copyStates } from './volume-states.ts';

type Status = NonNullable<DirectVolumeMigration['status']>;

/** What the controller keeps between rounds of one copy; lost with the process, and read again from pods. */
type Memory = { notes: Notes; attempts: number };

type Work = { world: World; round: Round; tasks: Tasks; recorder: Recorder; memory: Memory; latest: Latest<DirectVolumeMigration> };

const BLOCKED_RETRY: Delay = '10s';

// Running changes with every phase: an event for each would say nothing that status.phase does not.
const lasting = (conditions: Status['conditions']): NonNullable<Status['conditions']> =>
  (conditions ?? []).filter(({ type }) => type !== 'Running');

const writeStatus = async (
  { world, recorder, latest }: Work,
  dvm: DirectVolumeMigration,
  status: Status,
): Promise<DirectVolumeMigration> => {
  const { host } = world.connections;
  const patch = statusPatch(dvm.status, status);
  if (patch === undefined) return dvm;
  const name = { namespace: dvm.metadata.namespace, name: dvm.metadata.name ?? '' };
  const written = await host.patch(
    DirectVolumeMigration,
    name,
    { status: patch },
    { subresource: 'status', fieldManager: fieldManagers.migration },
  );
  await recorder.record(host, written, lasting(dvm.status?.conditions), lasting(status.conditions));
  return latest.wrote(written);
};

/** Clients and servers on both clusters, services only where the servers are. */
const watchCluster = (round: Round, client: Client, side: 'source' | 'target'): void => {
  const keys = ({ metadata }: { metadata: { annotations?: Record<string, string> } }): string[] => {
    const key = metadata.annotations?.[DVM_ANNOTATION];
    return key ? [key] : [];
  };
  round.watch({ client, resource: Pod, labelSelector: TRANSFER_PODS, keys });
  if (side === 'target') round.watch({ client, resource: Service, labelSelector: TRANSFER_PODS, keys });
};

const connect = async ({ world, round }: Work, dvm: DirectVolumeMigration) => {
  const of = async (reference: DirectVolumeMigration['spec']['srcMigClusterRef'], side: 'source' | 'target'): Promise<Client> => {
    const client = await world.connections.of({ namespace: reference?.namespace ?? dvm.metadata.namespace, name: reference?.name });
    watchCluster(round, client, side);
    return client;
  };
  const [source, target] = await Promise.all([of(dvm.spec.srcMigClusterRef, 'source'), of(dvm.spec.destMigClusterRef, 'target')]);
  return { source, target };
};

const block = async (task: Work, dvm: DirectVolumeMigration, facts: ValidationFacts): Promise<boolean> => {
  const claims = validationClaims(facts);
  if (claims.length === 0) return false;
  const conditions = settleConditions(dvm.status?.conditions, claims, timeOf(task.world.clock.now()));
  await writeStatus(task, dvm, { ...dvm.status, conditions });
  return true;
};

const advanceCopy = async (task: Work, found: DirectVolumeMigration, scope: Scope): Promise<Walked> => {
  const { world, round, tasks, memory } = task;
  let dvm = found;
  const { host } = world.connections;
  const pipeline = choosePipeline(dvm);
  const record = async (walked: Walked): Promise<void> => {
    const states = pipeline === volumeMigrationFailed && !dvm.status?.rsyncOperations ? [] : copyStates(scope, dvm);
    const phases = pipeline.phases.filter((phase) => phase.when(scope, dvm)).map(({ name }) => name);
    dvm = await writeStatus(task, dvm, copyStatus({ dvm, scope, pipeline, phases, walked, states, now: world.clock.now() }));
    memory.attempts = walked.journal?.attempts ?? 1;
    await recordProgress(host, dvm, states, scope.notes, world.clock.now().getTime());
  };
  const { phase, itinerary } = dvm.status ?? {};
  return walk({
    pipeline,
    world: scope,
    subject: dvm,
    journal: phase ? { phase, startedAt: phaseStarted(dvm.status), attempts: memory.attempts, pipeline: itinerary } : undefined,
    clock: world.clock,
    carryOut: (effects) =>
      carryOut(
        effects,
        { host, source: scope.source.client, target: scope.target.client },
        { fieldManager: fieldManagers.migration, signal: round.signal, tasks },
      ),
    record,
    ...(pipeline === volumeMigrationFailed ? {} : { hold: holdsOf(dvm.metadata.annotations) }),
  });
};

const forgetTasks = async ({ tasks }: Work, key: string): Promise<void> => {
  const ours = tasks.names().filter((name) => name.startsWith(`${key}#`));
  await Promise.all(ours.map((name) => tasks.forget(name)));
};

const work = async (task: Work, dvm: DirectVolumeMigration): Promise<{ after?: Delay } | undefined> => {
  const { world, memory, round } = task;
  const key = keyOf(dvm);
  const clusters = await readClusters(world, dvm);
  const facts = { ...clusters, pairs: volumePairs(dvm), missing: [], withoutImage: [] };
  if (await block(task, dvm, facts)) return { after: BLOCKED_RETRY };
  const sides = await connect(task, dvm);
  const scope = await openScope(world, dvm, sides, memory.notes);
  const withoutImage = (['source', 'target'] as const).filter((side) => scope[side].image === '');
  const missing = dvm.status?.phase ? [] : await missingClaims(scope.source.find, dvm);
  if (await block(task, dvm, { ...facts, missing, withoutImage })) return { after: BLOCKED_RETRY };
  const walked = await advanceCopy(task, dvm, scope);
  if (walked.outcome === 'failed') round.wake(key);
  if (walked.outcome === 'completed') await forgetTasks(task, key);
  return walked.after === undefined ? undefined : { after: walked.after };
};

const reachable = async (world: World, reference: DirectVolumeMigration['spec']['srcMigClusterRef']): Promise<Client | undefined> => {
  try {
    return await world.connections.of({ namespace: reference?.namespace ?? world.settings.namespace, name: reference?.name });
  } catch (error) {
    // A cluster that is no longer registered cannot be cleaned, and must not keep the object for ever.
    world.log.warn({ error: String(error) }, 'transfer objects stay behind on a cluster that cannot be reached');
    return undefined;
  }
};

const remove = async (task: Work, dvm: DirectVolumeMigration): Promise<{ after?: Delay } | undefined> => {
  const { world, round } = task;
  const { host } = world.connections;
  if (!hasFinalizer(dvm, finalizers.directVolumeMigration)) return undefined;
  await forgetTasks(task, keyOf(dvm));
  const [source, target] = await Promise.all([reachable(world, dvm.spec.srcMigClusterRef), reachable(world, dvm.spec.destMigClusterRef)]);
  if (source) watchCluster(round, source, 'source');
  if (target) watchCluster(round, target, 'target');
  const objects = await transferObjects({ host, source, target }, dvm);
  const clusters = { host, ...(source ? { source } : {}), ...(target ? { target } : {}) };
  await carryOut(removal(objects), clusters, { fieldManager: fieldManagers.migration, signal: round.signal });
  if (objects.some(({ resource }) => resource === Pod)) return { after: '5s' };
  await withoutFinalizer(host, DirectVolumeMigration, dvm, finalizers.directVolumeMigration);
  return undefined;
};

/** Copies volumes straight from one cluster to the other, one pass per DirectVolumeMigration, and compares them where asked to. */
export const directVolumeMigrationController = (world: World): Controller => {
  const { host } = world.connections;
  const tasks = createTasks({ clock: world.clock, log: world.log });
  const recorder = createRecorder({
    clock: world.clock,
    component: 'godwit-directvolumemigration',
    instance: 'controllers',
    log: world.log,
  });
  const memories = new Map<string, Memory>();
  const latest = latestOf(world.cache, host, DirectVolumeMigration, { namespace: world.settings.namespace });
  let listening = false;
  return {
    name: 'directvolumemigration',
    sources: [
      {
        client: host,
        resource: DirectVolumeMigration,
        namespace: world.settings.namespace,
        keys: (object) => (latest.isOwn(object) ? [] : [keyOf(object)]),
      },
    ],
    reconcile: async (key, round) => {
      if (!listening) tasks.onChange((name) => round.wake(name.split('#')[0] ?? ''));
      listening = true;
      const dvm = await latest.get(nameOf(key));
      if (dvm === undefined) {
        memories.delete(key);
        return undefined;
      }
      const memory = memories.get(key) ?? { notes: noNotes(), attempts: 1 };
      memories.set(key, memory);
      const task: Work = { world, round, tasks, recorder, memory, latest };
      if (dvm.metadata.deletionTimestamp) return remove(task, dvm);
      if (dvm.status?.phase === 'Completed') return undefined;
      return work(task, latest.wrote(await withFinalizer(host, DirectVolumeMigration, dvm, finalizers.directVolumeMigration)));
    },
  };
};
