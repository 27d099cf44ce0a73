import type { DirectVolumeMigration, Pod } from '@godwit/api';
import { type ClaimName, claimText, type VolumePair } from '../volume-pair.ts';
import { type ClientState, clientState, type Endings } from './client-pods.ts';
import { type Failure, failureOf, pauseAfter } from './failure.ts';

/** The attempts to copy one claim, as `status.rsyncOperations` records them. */
export type Operation = NonNullable<NonNullable<DirectVolumeMigration['status']>['rsyncOperations']>[number];

/** How the work on one volume stands. */
export type VolumeState = {
  pair: VolumePair;
  attempt: number;
  state: 'waiting' | 'running' | 'succeeded' | 'retrying' | 'failed';
  client: ClientState | undefined;
  failure: Failure | undefined;
  /** When the next attempt may begin, in milliseconds since 1970. */
  retryAt: number;
};

/** What retrying depends on. */
export type Attempts = {
  /** Most attempts per volume. */
  limit: number;
  /** Whether files that vanish while they are copied are part of the game. */
  stage: boolean;
  endings: Endings;
};

/** Attempts per volume: the setting, else the object's limit, else 20. */
export const attemptLimit = (dvm: Pick<DirectVolumeMigration, 'spec'>, setting: number): number =>
  setting > 0 ? setting : dvm.spec.backOffLimit || 20;

const isClaim = (reference: Operation['pvcReference'], claim: ClaimName): boolean =>
  reference?.name === claim.name && (reference?.namespace ?? claim.namespace) === claim.namespace;

/** The recorded attempts of a volume. */
export const operationOf = (operations: readonly Operation[] | undefined, pair: VolumePair): Operation | undefined =>
  operations?.find(({ pvcReference }) => isClaim(pvcReference, pair.source));

const ended = (pair: VolumePair, client: ClientState, { limit, stage }: Omit<Attempts, 'endings'>): VolumeState => {
  const failure = failureOf(client.exitCode, client.log);
  const { attempt } = client;
  const base = { pair, attempt, client, failure, retryAt: 0 };
  if (failure.kind === 'vanished' && stage) return { ...base, state: 'succeeded' };
  if (!failure.again || attempt >= limit) return { ...base, state: 'failed' };
  const since = Date.parse(client.finishedAt ?? client.pod.metadata.creationTimestamp ?? '1970-01-01T00:00:00Z');
  return { ...base, state: 'retrying', retryAt: since + pauseAfter(attempt, failure.kind) * 1000 };
};

/** Judges a volume by its newest pod and by what is recorded; what is recorded as over stays over. */
export const volumeState = (pair: VolumePair, pod: Pod | undefined, recorded: Operation | undefined, attempts: Attempts): VolumeState => {
  const client = pod && clientState(pod, attempts.endings);
  const base = { pair, attempt: client?.attempt ?? recorded?.currentAttempt ?? 1, client, failure: undefined, retryAt: 0 };
  if (recorded?.succeeded) return { ...base, state: 'succeeded' };
  if (recorded?.failed) return { ...base, state: 'failed', failure: client && failureOf(client.exitCode, client.log) };
  if (client === undefined) return { ...base, state: 'waiting' };
  if (client.phase === 'succeeded') return { ...base, state: 'succeeded' };
  return client.phase === 'failed' ? ended(pair, client, attempts) : { ...base, state: 'running' };
};

/** A volume whose next client is to be created, and the pod that it replaces. */
export type Start = { pair: VolumePair; attempt: number; replaces: Pod | undefined };

/** Which volumes get a client now: those whose time has come, no more at a time than `concurrency`. */
export const startsNow = (states: readonly VolumeState[], now: number, concurrency: number): Start[] => {
  const active = states.filter(({ state }) => state === 'running').length;
  return states
    .filter(({ state, retryAt }) => state === 'waiting' || (state === 'retrying' && retryAt <= now))
    .slice(0, Math.max(0, concurrency - active))
    .map(({ pair, attempt, state, client }) => ({ pair, attempt: state === 'retrying' ? attempt + 1 : attempt, replaces: client?.pod }));
};

/** Seconds until the next attempt is due; 60 when none is. */
export const secondsToNext = (states: readonly VolumeState[], now: number): number => {
  const due = states.filter(({ state }) => state === 'retrying').map(({ retryAt }) => (retryAt - now) / 1000);
  return Math.min(60, ...due.map((seconds) => Math.max(0.1, seconds)));
};

/** What `status.rsyncOperations` is to say of a volume. */
export const operationFor = ({ pair, attempt, state }: VolumeState): Operation => ({
  pvcReference: { ...pair.source },
  currentAttempt: attempt,
  ...(state === 'succeeded' ? { succeeded: true } : {}),
  ...(state === 'failed' ? { failed: true } : {}),
});

/** One sentence about a volume that could not be copied. */
export const failureText = ({ pair, attempt, failure, client }: VolumeState): string => {
  const code = client?.exitCode === undefined ? '' : ` (exit code ${client.exitCode})`;
  return `${claimText(pair.source)}: rsync failed in attempt ${attempt}${code}: ${failure?.said || 'its pod left no log'}`;
};
