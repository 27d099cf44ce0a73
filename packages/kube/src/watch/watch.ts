import { setTimeout as delay } from 'node:timers/promises';
import { ApiError, isApiError, isTransient } from '../errors.ts';
import { resourcePath } from '../resource.ts';
import type { Client, KubeObject, ListOptions, Resource, WatchEvent } from '../types.ts';
import { backoffSeconds } from './backoff.ts';
import { readLine } from './line.ts';
import { nextState, type Outcome, type State } from './state.ts';

/** The two things that a watch does with a cluster. */
export type WatchPort = Pick<Client, 'pages' | 'lines'>;

/** What is watched, and the hooks of a watch. Omitted `namespace`: all namespaces. */
export type WatchOptions = Pick<ListOptions, 'namespace' | 'labelSelector' | 'fieldSelector' | 'pageSize'> & {
  /** Ends the watch; nothing else does. */
  signal: AbortSignal;
  /** Sees every fault; the watch itself goes on after `waitSeconds`. */
  onFault?: ((error: unknown, waitSeconds: number) => void) | undefined;
  /** Waits; default: the timers of Node. */
  sleep?: ((seconds: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** A number in [0, 1) that jitters the waits; default `Math.random`. */
  random?: (() => number) | undefined;
  /** Milliseconds since any fixed moment; default `Date.now`. */
  now?: (() => number) | undefined;
};

/** The server ends a watch after this long, so that connections spread over all servers again. */
const WATCH_SECONDS = 290;
/** A watch that held this long counts as a good one, though it brought nothing. */
const GOOD_MILLISECONDS = 10_000;

type Ended = { outcome: Outcome; fault?: unknown };
type Round<T> = AsyncGenerator<WatchEvent<T>, Ended>;

async function* listing<T extends KubeObject>(port: WatchPort, resource: Resource<T>, options: WatchOptions): Round<T> {
  const { namespace, labelSelector, fieldSelector, pageSize, signal } = options;
  let resourceVersion = '';
  try {
    yield { type: 'listing' };
    for await (const page of port.pages(resource, { namespace, labelSelector, fieldSelector, pageSize, signal })) {
      resourceVersion = page.resourceVersion;
      for (const object of page.items) yield { type: 'listed', object };
    }
  } catch (fault) {
    const retryAfter = fault instanceof ApiError ? fault.retryAfter : undefined;
    return { outcome: { was: 'failed', resourceVersion, fruitful: false, retryAfter }, fault };
  }
  yield { type: 'settled', resourceVersion };
  return { outcome: { was: 'settled', resourceVersion } };
}

const watchQuery = ({ labelSelector, fieldSelector }: WatchOptions, resourceVersion: string): Record<string, string> => ({
  watch: 'true',
  allowWatchBookmarks: 'true',
  timeoutSeconds: String(WATCH_SECONDS),
  resourceVersion,
  ...(labelSelector ? { labelSelector } : {}),
  ...(fieldSelector ? { fieldSelector } : {}),
});

const outcomeOfFault = (fault: unknown, resourceVersion: string, fruitful: boolean): Outcome => {
  if (isApiError(fault) && fault.status === 410) return { was: 'expired', fruitful };
  // After a refusal (forbidden, not served any more) or an unreadable line only a new list tells what is there.
  if (!isTransient(fault)) return { was: 'useless' };
  return { was: 'failed', resourceVersion, fruitful, retryAfter: fault instanceof ApiError ? fault.retryAfter : undefined };
};

async function* watching<T extends KubeObject>(port: WatchPort, resource: Resource<T>, options: WatchOptions, from: string): Round<T> {
  const { now = Date.now, signal, namespace } = options;
  const begin = now();
  let resourceVersion = from;
  let lines = 0;
  const fruitful = () => lines > 0 || now() - begin > GOOD_MILLISECONDS;
  try {
    for await (const text of port.lines(resourcePath(resource, { namespace }), watchQuery(options, from), signal)) {
      const line = readLine<T>(text);
      if (line.says === 'expired') return { outcome: { was: 'expired', fruitful: fruitful() } };
      if (line.says === 'refused') throw line.error;
      lines += 1;
      resourceVersion = line.resourceVersion;
      if (line.says !== 'bookmark') yield { type: line.says, object: line.object };
    }
    return { outcome: { was: 'ended', resourceVersion, fruitful: fruitful() } };
  } catch (fault) {
    return { outcome: outcomeOfFault(fault, resourceVersion, fruitful()), fault };
  }
}

const defaultSleep = (seconds: number, signal: AbortSignal): Promise<void> => delay(seconds * 1000, undefined, { signal });

/**
 * Watches a resource until the signal aborts: lists, follows, resumes, and lists again when the server forgot the
 * version. Faults are reported to `onFault` and never end it; events arrive in the server's order.
 */
export async function* watch<T extends KubeObject>(
  port: WatchPort,
  resource: Resource<T>,
  options: WatchOptions,
): AsyncGenerator<WatchEvent<T>, void> {
  const { signal, onFault, random, sleep = defaultSleep } = options;
  let state: State = { at: 'listing', failures: 0 };
  while (!signal.aborted) {
    if (state.at === 'waiting') {
      await sleep(state.seconds, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
      state = nextState(state, { was: 'waited' }, backoffSeconds);
      continue;
    }
    const round = state.at === 'listing' ? listing(port, resource, options) : watching(port, resource, options, state.resourceVersion);
    const { outcome, fault }: Ended = yield* round;
    if (signal.aborted) return;
    state = nextState(state, outcome, (failures) => backoffSeconds(failures, random));
    if (fault !== undefined) onFault?.(fault, state.at === 'waiting' ? state.seconds : 0);
  }
}
