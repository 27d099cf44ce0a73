import { Deployment, Pod, StatefulSet } from '@godwit/api';
import { advance, noting, timeOf, wait } from '@godwit/controller';
import { etcdIn, revisionOf } from '../../etcd/index.ts';
import { components } from '../../names.ts';
import { movePhase, proving } from '../phase.ts';
import { Done, Working } from '../reasons.ts';
import type { Move, Scope } from '../scope.ts';

/** Who writes into etcd. */
export const WRITERS = [components.apiServer, 'openshift-apiserver', 'openshift-oauth-apiserver'] as const;

/** Replica counts as they were, by name. */
export type Replicas = Readonly<Record<string, number>>;

/** The etcd of the hosted cluster on one side. */
export const etcdAt = async (scope: Scope, side: 'source' | 'target') => {
  const { home } = scope.at[side];
  const set = await scope[side].get(StatefulSet, { namespace: home, name: components.etcd });
  return etcdIn(scope[side], { namespace: home, replicas: set?.spec?.replicas ?? 1 });
};

/** What of the status remembers how the source was. */
export const rememberedReplicas = ({ status }: Move): Replicas => (status?.source as { replicas?: Replicas } | undefined)?.replicas ?? {};

/** How long etcd must stand still before nobody writes any more. */
const STILL_SECONDS = 10;

const running = async ({ source, at }: Scope): Promise<number> => {
  const { items } = await source.list(Pod, { namespace: at.source.home });
  return items.filter(({ metadata }) => (WRITERS as readonly string[]).includes(metadata.labels?.app ?? '')).length;
};

/** Row 2: from here on the API of the hosted cluster is away, and no acknowledged write can be lost. */
export const stopWriters = movePhase({
  name: 'StopWriters',
  step: 'Freeze',
  description: 'Stopping the API servers on the source, the only writers of etcd',
  observe: async (scope, move) => {
    const { source, at } = scope;
    const found = await Promise.all(WRITERS.map((name) => source.get(Deployment, { namespace: at.source.home, name })));
    const pods = await running(scope);
    const revision = pods === 0 ? await revisionOf(await etcdAt(scope, 'source')) : undefined;
    const still = move.status?.source as { revision?: number; since?: string } | undefined;
    return { deployments: found.flatMap((each) => each ?? []), pods, revision, still, home: at.source.home, now: scope.world.clock.now() };
  },
  decide: ({ deployments, pods, revision, still, home, now }, move) => {
    const replicas =
      Object.keys(rememberedReplicas(move)).length > 0
        ? rememberedReplicas(move)
        : Object.fromEntries(deployments.map(({ metadata, spec }) => [metadata.name ?? '', spec?.replicas ?? 1]));
    const downtime = move.status?.downtime ?? { started: timeOf(now) };
    const effects = deployments
      .filter(({ spec }) => spec?.replicas !== 0)
      .map(
        ({ metadata: { name = '' } }) =>
          ({ do: 'patch', on: 'source', resource: Deployment, name: { namespace: home, name }, patch: { spec: { replicas: 0 } } }) as const,
      );
    const notes = { source: { replicas }, downtime };
    if (effects.length > 0 || pods > 0)
      return noting(notes, wait(Working({ what: `Waiting for ${pods} pods of API servers to end` }), effects, '1s'));
    if (revision === undefined || !revision.ok)
      return noting(notes, wait(Working({ what: revision === undefined ? 'Waiting for etcd' : revision.said.message }), [], '2s'));
    if (still?.revision !== revision.value)
      return noting(
        { ...notes, source: { replicas, revision: revision.value, since: now.toISOString() } },
        wait(Working({ what: 'Watching whether etcd still changes' }), [], '5s'),
      );
    const quiet = (now.getTime() - Date.parse(still.since ?? '')) / 1000;
    if (quiet < STILL_SECONDS)
      return wait(
        Working({ what: `etcd has stood still for ${Math.floor(quiet)} of ${STILL_SECONDS} s` }),
        [],
        `${Math.ceil(STILL_SECONDS - quiet)}s`,
      );
    const result = `no API server runs, etcd stands still at revision ${revision.value}`;
    return proving(2, [{ name: 'writers stopped', result }], now, advance(Done({ what: result })));
  },
});
