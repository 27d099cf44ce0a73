import { Deployment, Pod, StatefulSet } from '@godwit/api';
import { advance, type Effect, fail, noting, wait } from '@godwit/controller';
import { etcdIn } from '../../etcd/index.ts';
import { components } from '../../names.ts';
import { answersOnSource } from '../api-answers.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, SourceDeleting, Working } from '../reasons.ts';
import { clusterAt, type Move, poolsAt, type Scope } from '../scope.ts';
import { mayRun } from './end-pods.ts';
import { wholeOf } from './still-there.ts';

/** Who writes into etcd. */
const WRITERS = [components.apiServer, 'openshift-apiserver', 'openshift-oauth-apiserver'] as const;

/** Replica counts as they were, by name. */
export type Replicas = Readonly<Record<string, number>>;

/** The etcd of the hosted cluster on one side. */
export const etcdAt = async (scope: Scope, side: 'source' | 'target') => {
  const { home } = scope.at[side];
  const set = await scope[side].get(StatefulSet, { namespace: home, name: components.etcd });
  // Somebody may have ended it: then its first member is the one that does not answer.
  return etcdIn(scope[side], { namespace: home, replicas: Math.max(1, set?.spec?.replicas ?? 1) });
};

/** What of the status remembers how the source was. */
export const rememberedReplicas = ({ status }: Move): Replicas => (status?.source as { replicas?: Replicas } | undefined)?.replicas ?? {};

const running = async ({ source, at }: Scope): Promise<Pod[]> => {
  const { items } = await source.list(Pod, { namespace: at.source.home });
  return items.filter((pod) => (WRITERS as readonly string[]).includes(pod.metadata.labels?.app ?? '') && mayRun(pod));
};

/** A Service without ready pods may not refuse but keep silent, and whoever asks it waits meanwhile. */
const SILENCE_MILLISECONDS = 1000;

/** Whether its controller has seen how many pods a workload is to have: one that has not would put a new pod in the place of an ended one. */
const isSeen = ({ metadata, status }: Deployment): boolean => (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0);

/**
 * Row 2: from here on the API of the hosted cluster is away. That nobody else writes is not only watched for a while: the fence compares
 * the last revision of etcd with that of the snapshot (docs/decisions).
 */
export const stopWriters = movePhase({
  name: 'StopWriters',
  step: 'Freeze',
  description: 'Stopping the API servers on the source, the only writers of etcd',
  observe: async (scope, move) => {
    const { source, at } = scope;
    const [cluster, pools] = await Promise.all([clusterAt(scope, 'source'), poolsAt(scope)]);
    const found = await Promise.all(WRITERS.map((name) => source.get(Deployment, { namespace: at.source.home, name })));
    const pods = await running(scope);
    const deployments = found.flatMap((each) => each ?? []);
    const answers = pods.length > 0 && (await answersOnSource(scope, SILENCE_MILLISECONDS));
    return { whole: wholeOf({ cluster, pools }, move), deployments, pods, answers, home: at.source.home, now: scope.world.clock.now() };
  },
  decide: ({ whole, deployments, pods, answers, home, now }, move) => {
    if ('lost' in whole) return fail(SourceDeleting({ what: whole.lost }));
    const known = rememberedReplicas(move);
    const replicas =
      Object.keys(known).length > 0
        ? known
        : Object.fromEntries(deployments.map(({ metadata, spec }) => [metadata.name ?? '', spec?.replicas ?? 1]));
    // As long as the API answers it is not away: users compare this with what their probes have seen.
    const downtime = (answers ? undefined : move.status?.downtime) ?? { started: now.toISOString() };
    const notes = { source: { replicas }, downtime };
    const scaling = deployments
      .filter(({ spec }) => spec?.replicas !== 0)
      .map(
        ({ metadata: { name = '' } }): Effect => ({
          do: 'patch',
          on: 'source',
          resource: Deployment,
          name: { namespace: home, name },
          patch: { spec: { replicas: 0 } },
        }),
      );
    if (scaling.length > 0) return noting(notes, wait(Working({ what: 'Ending the API servers' }), scaling, '0.2s'));
    if (pods.length > 0 || !deployments.every(isSeen))
      return noting(notes, wait(Working({ what: `Waiting for ${pods.length} pods of API servers to end` }), [], '0.2s'));
    const result = 'no API server runs';
    const verdict = proving(2, [{ name: 'writers stopped', result }], now, advance(Done({ what: result })));
    return noting({ ...verdict.notes, ...notes }, verdict);
  },
});
