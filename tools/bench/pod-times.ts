import { Pod } from '@godwit/api';
import { type Client, watch } from '@godwit/kube';
import type { Interval } from './intervals.ts';

/** What the pods of a cluster did, as it was seen from their creation on. */
export type PodTimes = {
  /** From creation to ready, or to the end of a pod that is never ready. */
  starts: Interval[];
  /** From the start of a transfer's sending container to its end. */
  transfers: Interval[];
  /** From the wish to delete to the end. */
  stops: Interval[];
};

type Seen = { started?: Interval; transfer?: Interval; stop?: Interval };

const ROLE = 'godwit.io/transfer-role';
const sends = ({ metadata }: Pod): boolean => ['client', 'comparer'].includes(metadata.labels?.[ROLE] ?? '');
const isReady = ({ status }: Pod): boolean =>
  status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
const isOver = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';
const isRunning = ({ status }: Pod): boolean => status?.containerStatuses?.some(({ state }) => state?.running !== undefined) ?? false;

const open = (now: number): Interval => ({ from: now, to: Number.POSITIVE_INFINITY });
const close = (interval: Interval | undefined, now: number): void => {
  if (interval !== undefined && interval.to > now) interval.to = now;
};

const note = (seen: Seen, pod: Pod, now: number): void => {
  seen.started ??= open(now);
  if (isReady(pod) || isOver(pod)) close(seen.started, now);
  if (sends(pod) && isRunning(pod)) {
    seen.transfer ??= open(now);
    close(seen.started, now);
  }
  if (isOver(pod)) close(seen.transfer, now);
  if (pod.metadata.deletionTimestamp !== undefined) {
    seen.stop ??= open(now);
    close(seen.started, now);
  }
};

/** Follows all pods of a cluster that appear from now on, until `stop`, which returns what they did. */
export const followPods = (client: Client): { stop(): Promise<PodTimes> } => {
  const pods = new Map<string, Seen>();
  const old = new Set<string>();
  const end = new AbortController();
  const follow = async (): Promise<void> => {
    for await (const event of watch(client, Pod, { signal: end.signal })) {
      if (event.type === 'listing' || event.type === 'settled') continue;
      const { uid = '' } = event.object.metadata;
      if (event.type === 'listed' && !pods.has(uid)) old.add(uid);
      const seen = pods.get(uid) ?? (old.has(uid) ? { started: { from: 0, to: 0 } } : {});
      pods.set(uid, seen);
      note(seen, event.object, Date.now());
      if (event.type === 'deleted') for (const interval of [seen.started, seen.transfer, seen.stop]) close(interval, Date.now());
    }
  };
  const following = follow();
  return {
    stop: async () => {
      end.abort();
      await following;
      const all = [...pods.values()];
      return {
        starts: all.flatMap(({ started }) => started ?? []),
        transfers: all.flatMap(({ transfer }) => transfer ?? []),
        stops: all.flatMap(({ stop }) => stop ?? []),
      };
    },
  };
};
