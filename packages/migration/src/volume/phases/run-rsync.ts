import type { DirectVolumeMigration } from '@godwit/api';
import { advance, delayOf, type Effect, fail, wait } from '@godwit/controller';
import { type ClientFacts, clientEffects, readClientFacts } from '../client-effects.ts';
import { objectNames } from '../names.ts';
import { STEP, volumePhase } from '../phase.ts';
import { Copied, Copying, RsyncFailed, RsyncNoRouteToHost, RsyncTimedOut, TargetVolumeFull, TransferImageNotPulled } from '../reasons.ts';
import { followingOf, type Scope } from '../scope.ts';
import { readServerFacts, type ServerFacts, serverEffects } from '../server-effects.ts';
import { failureText, type Start, secondsToNext, startsNow, type VolumeState } from '../transfer/attempts.ts';
import { type ClientState, imageFault } from '../transfer/client-pods.ts';
import { allTimedOut, allWithoutRoute, type ReportedClient } from '../transfer/failure.ts';
import { finalProgress, followClient } from '../transfer/follow.ts';
import { claimText } from '../volume-pair.ts';
import { copyStates } from '../volume-states.ts';
import { IMAGE_PATIENCE_SECONDS } from './server-pods.ts';

type Facts = {
  states: readonly VolumeState[];
  starts: readonly Start[];
  clients: ClientFacts | undefined;
  servers: ServerFacts;
  followers: readonly Effect[];
  /** What `df` says of the target volumes that are full, by source claim. */
  space: ReadonlyMap<string, string>;
  now: number;
};

const freeSpace = async ({ target }: Scope, dvm: DirectVolumeMigration, { pair }: VolumeState): Promise<string> => {
  const pod = { namespace: pair.target.namespace, name: objectNames(dvm).serverPod };
  try {
    const path = `/mnt/${pair.target.namespace}/${pair.module}`;
    const { stdout } = await target.client.exec(pod, ['df', '-h', '--output=avail,size', path], { container: 'rsync' });
    const [free, size] = (stdout.trim().split('\n').at(-1) ?? '').trim().split(/\s+/);
    return free && size ? `${free} of ${size} free` : 'free space unknown';
  } catch {
    return 'free space unknown';
  }
};

const readSpace = async (scope: Scope, dvm: DirectVolumeMigration, states: readonly VolumeState[]): Promise<Map<string, string>> => {
  const full = states.filter(({ state, failure }) => state === 'failed' && failure?.kind === 'full');
  const found = await Promise.all(full.map(async (each) => [claimText(each.pair.source), await freeSpace(scope, dvm, each)] as const));
  return new Map(found);
};

const keepTotals = async ({ source, notes }: Scope, states: readonly VolumeState[]): Promise<void> => {
  const ended = states.flatMap(({ state, client }) => (state === 'succeeded' && client ? [client.pod] : []));
  const unread = ended.filter(({ metadata }) => !notes.finished.has(metadata.uid ?? ''));
  await Promise.all(
    unread.map(async (pod) => {
      const uid = pod.metadata.uid ?? '';
      const followed = notes.endings.has(uid) ? notes.observed.get(uid) : undefined;
      const progress = followed ? { ...followed, percent: '100%' } : await finalProgress(source.client, pod);
      notes.finished.add(uid);
      if (progress) notes.observed.set(uid, progress);
    }),
  );
};

const seconds = ({ startedAt, finishedAt }: ClientState): number | undefined =>
  startedAt === undefined || finishedAt === undefined ? undefined : (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;

const reported = ({ client, state }: VolumeState): ReportedClient => ({
  phase: state === 'failed' ? 'Failed' : 'Succeeded',
  exitCode: client?.exitCode,
  elapsedSeconds: client && seconds(client),
  log: client?.log ?? '',
});

const verdictOfFailure = (states: readonly VolumeState[], space: ReadonlyMap<string, string>) => {
  const failed = states.filter(({ state }) => state === 'failed');
  if (allTimedOut(states.map(reported))) return fail(RsyncTimedOut());
  if (allWithoutRoute(states.map(reported))) return fail(RsyncNoRouteToHost());
  const full = failed.filter(({ failure }) => failure?.kind === 'full');
  if (full.length === 0) return fail(RsyncFailed({ volumes: failed.map(failureText).join('; ') }));
  const text = ({ pair }: VolumeState) =>
    `The target volume ${claimText(pair.target)} is full (${space.get(claimText(pair.source)) ?? 'free space unknown'}): enlarge the claim or choose a larger capacity in the plan, then start a new migration`;
  return fail(TargetVolumeFull({ volumes: full.map(text).join('; ') }));
};

const imageTrouble = (states: readonly VolumeState[], now: number) => {
  for (const { client } of states) {
    const fault = client && client.phase === 'pending' ? imageFault(client.pod) : undefined;
    if (!client || !fault) continue;
    const { namespace, name, creationTimestamp } = client.pod.metadata;
    const image = client.pod.spec?.containers?.[0]?.image ?? '';
    const said = TransferImageNotPulled({
      pod: `${namespace}/${name}`,
      cluster: 'source',
      image,
      fault: fault.reason,
      message: fault.message,
    });
    const late = now - Date.parse(creationTimestamp ?? '') > IMAGE_PATIENCE_SECONDS * 1000;
    return late ? fail(said) : wait(said, [], '15s');
  }
  return undefined;
};

/** Copies every volume, tries again what may succeed later, and ends when each is copied or given up. */
export const runRsyncOperations = volumePhase({
  name: 'RunRsyncOperations',
  step: STEP,
  description: 'Copying the volumes',
  deadlineSeconds: 7 * 24 * 3600,
  observe: async (scope, dvm): Promise<Facts> => {
    const states = copyStates(scope, dvm);
    const now = scope.clock.now().getTime();
    const starts = startsNow(states, now, scope.concurrency);
    await keepTotals(scope, states);
    const running = states.flatMap(({ client }) => (client?.phase === 'running' ? [client.pod] : []));
    return {
      states,
      starts,
      now,
      clients:
        starts.length === 0
          ? undefined
          : await readClientFacts(
              scope,
              starts.map(({ pair }) => pair),
            ),
      servers: await readServerFacts(scope, dvm),
      followers: running.map((pod) => followClient(followingOf(scope), pod)),
      space: await readSpace(scope, dvm, states),
    };
  },
  decide: ({ states, starts, clients, servers, followers, space, now }, dvm) => {
    const over = states.filter(({ state }) => state === 'succeeded' || state === 'failed').length;
    const done = states.filter(({ state }) => state === 'succeeded').length;
    if (over === states.length) return done === over ? advance(Copied({ total: done })) : verdictOfFailure(states, space);
    const trouble = imageTrouble(states, now);
    if (trouble) return trouble;
    const effects = clients === undefined ? [] : starts.flatMap((start) => clientEffects(dvm, start, 'copy', clients));
    const running = states.filter(({ state }) => state === 'running').length + starts.length;
    return wait(
      Copying({ done, total: states.length, running }),
      [...serverEffects(dvm, servers), ...effects, ...followers],
      delayOf(starts.length > 0 ? 5 : secondsToNext(states, now)),
    );
  },
});
