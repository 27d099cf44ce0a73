import { conditionsOf, isAbort, listOf, reconcileFailed, redact, timeOf } from '@godwit/controller';
import { isTransient, type Resource } from '@godwit/kube';
import type { World } from '../world.ts';
import { type Judged, record } from './record.ts';

/**
 * Does the work on an object. What breaks for good is said in its conditions (ReconcileFailed, no Ready); what may pass is not.
 * Either way the error is thrown on, so that the work is tried again after a pause.
 */
export const reportingFailure = async <T extends Judged, R>(
  world: World,
  kind: Resource<T>,
  object: T,
  work: () => Promise<R>,
): Promise<R> => {
  try {
    return await work();
  } catch (fault) {
    if (isTransient(fault) || isAbort(fault)) throw fault; // who is told to stop has judged nothing
    const text = redact(fault instanceof Error ? fault.message : String(fault));
    const conditions = listOf(reconcileFailed(conditionsOf(object.status?.conditions), text, timeOf(world.clock.now())));
    await record(world, kind, object, { status: { conditions } });
    throw fault;
  }
};
