import { finalizers, HostedClusterMigration, HostedControlPlane } from '@godwit/api';
import {
  type Controller,
  carryOut,
  createTasks,
  journalOf,
  keyOf,
  nameOf,
  type Pipeline,
  type Round,
  redact,
  statusPatch,
  type Tasks,
  type Walked,
  walk,
  withFinalizer,
  withoutFinalizer,
} from '@godwit/controller';
import { type Client, connect as openClient } from '@godwit/kube';
import type { World } from '../world.ts';
import { FIELD_MANAGER } from './names.ts';
import { canReturn, choose, isWayBack, needsSource, secondsFor, stopsOf } from './pipelines.ts';
import { PastReturn } from './reasons.ts';
import { createRests } from './rests.ts';
import { accessIn, clustersOf, destinationOf, type Move, openScope, requireSource, type Scope, ScopeError } from './scope.ts';
import { endedStatus, isEnded, moveStatusAfter } from './status.ts';

const RETRY = '30s';

type Runtime = {
  world: World;
  tasks: Tasks;
  results: Map<string, unknown>;
  sources: Map<string, Client>;
  rests: ReturnType<typeof createRests>;
};

const oneOrNone = (key: string | undefined): string[] => (key === undefined ? [] : [key]);

const write = async ({ management }: World, move: Move, status: NonNullable<Move['status']>): Promise<Move> => {
  const patch = statusPatch(move.status ?? {}, status);
  if (patch === undefined) return move;
  const { namespace, name = '' } = move.metadata;
  return management.patch(
    HostedClusterMigration,
    { namespace, name },
    { status: patch },
    { subresource: 'status', fieldManager: FIELD_MANAGER },
  );
};

const connectionFor =
  ({ sources }: Runtime, move: Move) =>
  (kubeconfig: string): Client => {
    const key = `${keyOf(move)} ${kubeconfig}`;
    const known = sources.get(key);
    if (known !== undefined) return known;
    const opened = openClient(accessIn(kubeconfig));
    sources.set(key, opened);
    return opened;
  };

/** Long work of a list that is not followed any more would go on changing what the way back takes away. */
const stopTasks = async ({ tasks, results }: Runtime, { metadata }: Move): Promise<void> => {
  for (const name of [...tasks.names(), ...results.keys()]) {
    if (!name.startsWith(`${metadata.uid}/`)) continue;
    await tasks.forget(name);
    results.delete(name);
  }
};

const walkMove = async (runtime: Runtime, scope: Scope, pipeline: Pipeline<Scope, Move>, round: Round) => {
  const { world, tasks } = runtime;
  let { move } = scope;
  const walked = await walk({
    pipeline,
    world: scope,
    subject: move,
    journal: journalOf(move.status),
    clock: world.clock,
    carryOut: (effects) => carryOut(effects, clustersOf(scope), { fieldManager: FIELD_MANAGER, signal: round.signal, tasks }),
    record: async (state: Walked) => {
      move = await write(world, move, moveStatusAfter(move, pipeline, state, world.clock.now()));
    },
    hold: stopsOf(move, pipeline),
    deadlineOf: (phase) => secondsFor(move, pipeline, phase),
  });
  if (walked.outcome === 'failed' && !isWayBack(pipeline)) {
    round.wake(keyOf(move)); // another list is followed from now on
    return undefined;
  }
  const after = walked.outcome === 'failed' ? RETRY : walked.after;
  if (after === undefined) return undefined;
  if (walked.outcome !== 'waiting') runtime.rests.begin(keyOf(move), move, after);
  return { after };
};

const work = async (runtime: Runtime, found: Move, round: Round) => {
  const { world } = runtime;
  const move = await withFinalizer(world.management, HostedClusterMigration, found, finalizers.hostedClusterMigration);
  const pipeline = choose(move);
  if (pipeline === undefined || isWayBack(pipeline)) await stopTasks(runtime, move);
  if (pipeline === undefined) {
    const [problem] = (move.status?.errors ?? []).slice(-1);
    const said = canReturn(move)
      ? (problem ?? 'canceled before anything was changed')
      : PastReturn({ name: move.spec.hostedCluster.name }).message;
    await write(world, move, endedStatus(move, said, world.clock.now()));
    round.wake(keyOf(move));
    return undefined;
  }
  try {
    const scope = await openScope(world, move, { connect: connectionFor(runtime, move), tasks: runtime.tasks, results: runtime.results });
    if (needsSource(move, pipeline)) await requireSource(scope);
    return await walkMove(runtime, scope, pipeline, round);
  } catch (error) {
    if (!(error instanceof ScopeError)) throw error;
    const conditions = endedStatus(move, redact(error.message), world.clock.now()).conditions;
    await write(world, move, { ...move.status, conditions: (conditions ?? []).map((each) => ({ ...each, reason: error.reason })) });
    return { after: RETRY } as const;
  }
};

/** Moves hosted clusters from other management clusters to this one. */
export const moveControllers = (world: World): Controller[] => {
  const { clock, log } = world;
  const runtime: Runtime = { world, tasks: createTasks({ clock, log }), results: new Map(), sources: new Map(), rests: createRests(clock) };
  let wake: Round['wake'] | undefined;
  const keys = new Map<string, string>();
  // What a control plane of this side becomes wakes the move that waits for it.
  const homes = new Map<string, string>();
  runtime.tasks.onChange((task) => {
    const key = keys.get(task.split('/')[0] ?? '');
    if (key === undefined) return;
    runtime.rests.end(key);
    wake?.(key);
  });
  return [
    {
      name: 'hosted-cluster-migration',
      sources: [
        { client: world.management, resource: HostedClusterMigration, keys: (move) => [keyOf(move)] },
        {
          client: world.management,
          resource: HostedControlPlane,
          keys: ({ metadata: { namespace = '' } }) => oneOrNone(homes.get(namespace)),
        },
      ],
      reconcile: async (key, round) => {
        wake = round.wake;
        const move = await world.management.get(HostedClusterMigration, nameOf(key));
        if (move === undefined) return undefined;
        keys.set(move.metadata.uid ?? '', key);
        homes.set(destinationOf(move).home, key);
        const resting = runtime.rests.left(key, move);
        if (!isEnded(move)) return resting === undefined ? work(runtime, move, round) : { after: resting };
        runtime.rests.end(key);
        if (move.metadata.deletionTimestamp !== undefined)
          await withoutFinalizer(world.management, HostedClusterMigration, move, finalizers.hostedClusterMigration);
        return undefined;
      },
    },
  ];
};
