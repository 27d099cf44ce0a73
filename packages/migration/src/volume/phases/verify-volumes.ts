import { advance, delayOf, type Effect, fail, wait } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { type ClientFacts, clientEffects, readClientFacts } from '../client-effects.ts';
import { STEP, volumePhase } from '../phase.ts';
import { Comparing, ComparisonFailed, VolumesDiffer, VolumesEqual } from '../reasons.ts';
import { type Compared, followingOf, type Scope } from '../scope.ts';
import { readServerFacts, type ServerFacts, serverEffects } from '../server-effects.ts';
import { failureText, type Start, secondsToNext, startsNow, type VolumeState } from '../transfer/attempts.ts';
import type { ClientState } from '../transfer/client-pods.ts';
import { comparator } from '../transfer/differences.ts';
import { followClient } from '../transfer/follow.ts';
import { claimText, volumePairs } from '../volume-pair.ts';
import { comparisonStates } from '../volume-states.ts';

type Facts = {
  states: readonly VolumeState[];
  compared: readonly Compared[];
  starts: readonly Start[];
  clients: ClientFacts | undefined;
  servers: ServerFacts;
  followers: readonly Effect[];
  now: number;
};

const readComparison = async (client: Client, { pod }: ClientState, pvc: string): Promise<Compared> => {
  const { namespace, name = '' } = pod.metadata;
  const reader = comparator();
  for await (const chunk of client.logs({ namespace, name }, { container: 'rsync' })) reader.take(chunk);
  return { pvc, ...reader.end() };
};

const readCompared = async ({ source, notes }: Scope, states: readonly VolumeState[]): Promise<Compared[]> =>
  Promise.all(
    states
      .flatMap(({ state, client, pair }) => (state === 'succeeded' && client ? [{ client, pair }] : []))
      .map(async ({ client, pair }) => {
        const uid = client.pod.metadata.uid ?? '';
        const found = notes.compared.get(uid) ?? (await readComparison(source.client, client, claimText(pair.source)));
        notes.compared.set(uid, found);
        return found;
      }),
  );

const NAMED = 20;

const judged = (states: readonly VolumeState[], compared: readonly Compared[]) => {
  const failed = states.filter(({ state }) => state === 'failed');
  const count = compared.reduce((sum, each) => sum + each.count, 0);
  if (count > 0) {
    const named = compared.flatMap(({ pvc, differences }) => differences.map(({ path, change }) => `${pvc}: ${path} (${change})`));
    const rest = count > NAMED ? ` and ${count - NAMED} more, see status.verification` : '';
    return fail(VolumesDiffer({ count, paths: `${named.slice(0, NAMED).join(', ')}${rest}` }));
  }
  if (failed.length > 0) return fail(ComparisonFailed({ volumes: failed.map(failureText).join('; ') }));
  return advance(VolumesEqual({ total: states.length, files: compared.reduce((sum, { files }) => sum + (files ?? 0), 0) }));
};

/** Compares contents and attributes of every file whose claim asks for it; it reports, and never repairs. */
export const verifyVolumes = volumePhase({
  name: 'VerifyVolumes',
  step: STEP,
  description: 'Comparing the copied files with their originals',
  deadlineSeconds: 7 * 24 * 3600,
  // During a stage the applications write, so that differences say nothing.
  when: (_, dvm) => dvm.spec.migrationType !== 'Stage' && volumePairs(dvm).some(({ verify }) => verify),
  observe: async (scope, dvm): Promise<Facts> => {
    const states = comparisonStates(scope, dvm);
    const now = scope.clock.now().getTime();
    const starts = startsNow(states, now, scope.concurrency);
    const pairs = starts.map(({ pair }) => pair);
    return {
      states,
      starts,
      now,
      clients: starts.length === 0 ? undefined : await readClientFacts(scope, pairs),
      servers: await readServerFacts(scope, dvm),
      followers: states.flatMap(({ client }) => (client?.phase === 'running' ? [followClient(followingOf(scope), client.pod)] : [])),
      compared: await readCompared(scope, states),
    };
  },
  decide: ({ states, compared, starts, clients, servers, followers, now }, dvm) => {
    const over = states.filter(({ state }) => state === 'succeeded' || state === 'failed').length;
    if (over === states.length) return judged(states, compared);
    const effects = clients === undefined ? [] : starts.flatMap((start) => clientEffects(dvm, start, 'compare', clients));
    return wait(
      Comparing({ done: over, total: states.length }),
      [...serverEffects(dvm, servers), ...effects, ...followers],
      delayOf(starts.length > 0 ? 5 : secondsToNext(states, now)),
    );
  },
});
