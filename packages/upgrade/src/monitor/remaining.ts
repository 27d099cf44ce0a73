import type { RollbackSettings } from '../rollback/deadline.ts';

/**
 * Seconds until an unfinished upgrade is rolled back: 0 when that is due, undefined when nothing is watched. Never more than the time that was
 * given in all, whatever the clock of a machine says that has just been started.
 */
export const secondsLeft = (settings: RollbackSettings | undefined, now: Date): number | undefined => {
  if (settings?.monitor_enabled !== true || settings.monitor_timeout <= 0) return undefined;
  if (settings.deadline === undefined) return settings.monitor_timeout;
  const left = (Date.parse(settings.deadline) - now.getTime()) / 1000;
  return Math.min(Math.max(0, left), settings.monitor_timeout);
};
