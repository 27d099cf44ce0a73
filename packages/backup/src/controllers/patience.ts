import type { Clock, Log } from '@godwit/controller';
import { isTransient } from '@godwit/kube';
import { StoreError } from '@godwit/objectstore';
import { reasonOf } from './run-guard.ts';

/** Seconds between attempts while a cluster or a store is away: about four minutes in all. */
const PAUSES = [1, 2, 5, 10, 15, 20, 30, 30, 30, 30, 30, 30];

const mayPass = (error: unknown): boolean => isTransient(error) || (error instanceof StoreError && error.fault === 'unreachable');

/** Runs the work again after an outage of a cluster or a store; any other fault, or an outage that outlasts the pauses, is thrown. */
export const patiently = async <T>(work: () => Promise<T>, { clock, log }: { clock: Clock; log: Log }, signal: AbortSignal): Promise<T> => {
  for (const pause of PAUSES) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      log.warn({ error: reasonOf(error), seconds: pause }, 'Interrupted by an outage; trying again');
      await clock.sleep(pause, signal);
    }
  }
  return work();
};
