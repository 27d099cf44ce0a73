import type { RollbackSettings } from '../rollback/deadline.ts';
import type { TimeLeft } from '../rollback/time-left.ts';

/** A moment of a boot: what the clock says, and for how many seconds this boot has run, which nobody can set. */
export type Moment = { readonly now: Date; readonly boot: string; readonly uptime: number };

const byClock = ({ deadline, monitor_timeout }: RollbackSettings, now: Date): number =>
  deadline === undefined ? monitor_timeout : (Date.parse(deadline) - now.getTime()) / 1000;

/**
 * Seconds until an unfinished upgrade is rolled back: 0 when that is due, undefined when nothing is watched. Within a boot only the time that
 * the boot has run counts, so a clock that is set changes nothing. In another boot the deadline counts, but there is never more than the time
 * that was given in all, nor more than was left when it was last written down. Pure.
 */
export const secondsLeft = (settings: RollbackSettings | undefined, moment: Moment, last: TimeLeft | undefined): number | undefined => {
  if (settings?.monitor_enabled !== true || settings.monitor_timeout <= 0) return undefined;
  const known = last?.deadline === settings.deadline ? last : undefined;
  const left =
    known?.boot === moment.boot
      ? known.left - (moment.uptime - known.uptime)
      : Math.min(byClock(settings, moment.now), settings.monitor_timeout, known?.left ?? Number.POSITIVE_INFINITY);
  return Math.max(0, left);
};
