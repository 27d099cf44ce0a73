import { randomUUID } from 'node:crypto';
import { ApiError } from '@godwit/kube';
import type { Clock } from './clock.ts';
import { type Controller, nameOf, type Round } from './controller.ts';
import { secondsOf } from './delay.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Queue } from './queue.ts';

/** What a worker works with. */
export type WorkerOptions = {
  controller: Controller;
  queue: Queue;
  round: Omit<Round, 'signal'>;
  clock: Clock;
  log: Log;
  metrics: Metrics;
  signal: AbortSignal;
};

const secondsSince = (begun: Date, clock: Clock): number => (clock.now().getTime() - begun.getTime()) / 1000;

const reconcileOnce = async (
  key: string,
  { controller, queue, round, clock, log: base, metrics, signal }: WorkerOptions,
): Promise<void> => {
  const log = base.child({ controller: controller.name, ...nameOf(key), reconcileID: randomUUID() });
  const begun = clock.now();
  try {
    const result = await controller.reconcile(key, { ...round, signal });
    const seconds = secondsSince(begun, clock);
    metrics.reconciled(controller.name, 'success', seconds);
    log.info({ seconds, ...(result?.after === undefined ? {} : { after: result.after }) }, 'round ended');
    queue.done(key, 'settled');
    if (result?.after !== undefined) queue.addAfter(key, secondsOf(result.after));
  } catch (error) {
    if (signal.aborted) return queue.done(key, 'settled');
    const seconds = secondsSince(begun, clock);
    metrics.reconciled(controller.name, 'error', seconds);
    log.error({ seconds, err: error }, 'round broke and comes back after backoff');
    queue.done(key, 'failed', error instanceof ApiError ? error.retryAfter : undefined);
  }
};

/** Works on one key after the other until the signal aborts; no failing round ends it. */
export const runWorker = async (options: WorkerOptions): Promise<void> => {
  const { queue, signal } = options;
  while (!signal.aborted) {
    const key = await queue.take(signal).catch(() => undefined);
    if (key !== undefined) await reconcileOnce(key, options);
  }
};
