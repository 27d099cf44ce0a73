import type { StandardClaim } from '@godwit/controller';
import { pauseOf } from './paused-until.ts';

const TYPE = 'ReconciliationActive';

const active = (reason: string, message: string): StandardClaim => ({ type: TYPE, status: 'True', reason, message });
const inactive = (reason: string, message: string): StandardClaim => ({ type: TYPE, status: 'False', reason, message });

/** Condition ReconciliationActive of an object with this `spec.pausedUntil`. Pure. */
export const reconciliationActive = (pausedUntil: string | undefined, now: Date): StandardClaim => {
  const { paused, secondsLeft, problem } = pauseOf(pausedUntil, now);
  if (problem) return active('InvalidPausedUntilValue', 'Invalid value provided for PausedUntil field');
  if (!paused) return active('AsExpected', 'Reconciliation active on resource');
  return secondsLeft === undefined
    ? inactive('ReconciliationPaused', 'Reconciliation paused until field removed')
    : inactive('ReconciliationPaused', `Reconciliation paused until: ${pausedUntil}`);
};

/** Where the fence of a cluster lies, from its annotation: JSON with `key`, else the text itself. */
export const fenceIn = (annotation: string): string => {
  try {
    const { key } = JSON.parse(annotation) as { key?: unknown };
    return typeof key === 'string' ? key : annotation;
  } catch {
    return annotation;
  }
};

/** The same of a cluster that has moved away: this management cluster keeps its hands off for good. */
export const fenced = (fence: string): StandardClaim =>
  inactive('Fenced', `The cluster runs elsewhere (fence ${fence}); to let it run here again, move it back`);
