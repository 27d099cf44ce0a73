import type { Clock, Log } from '@godwit/controller';
import { type RollbackSettings, readSettings } from '../rollback/deadline.ts';
import { goDuration } from '../rollback/go-duration.ts';
import { readTimeLeft, saveTimeLeft, type TimeLeft } from '../rollback/time-left.ts';
import { secondsLeft } from './remaining.ts';

/** What the monitor watches: the settings below a root, in which boot, and what it does when the time is over. */
export type Watching = {
  readonly root: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly boot: string;
  /** For how many seconds this boot has run; it goes on evenly, whatever the clock is set to. */
  uptime(): number;
  rollBack(message: string): Promise<void>;
};

/** How often it is looked whether the upgrade was completed. */
const LOOK_SECONDS = 5;

/** How often the time that is left is written down: a machine that crashes sooner than that after its start is not counted. */
const NOTE_SECONDS = 15;

/** What an upgrade that was not completed in time is rolled back with. */
export const timeoutMessage = ({ monitor_timeout }: Pick<RollbackSettings, 'monitor_timeout'>): string =>
  `Rollback due to LCA Init Monitor timeout, after ${goDuration(monitor_timeout)}`;

/** The disk may be full, which keeps no upgrade from being rolled back. */
const keep = async ({ root, log }: Watching, timeLeft: TimeLeft): Promise<TimeLeft> => {
  await saveTimeLeft(root, timeLeft).catch((error: unknown) => log.warn({ err: error }, 'the time that is left could not be written down'));
  return timeLeft;
};

/**
 * Waits until the time of an upgrade is over, and rolls it back when it is not completed by then. Ends at once where nothing is to be watched,
 * and soon after the upgrade was completed. Another boot, or another process, waits for the rest of the time only.
 */
export const watchUpgrade = async (watching: Watching): Promise<'nothing to watch' | 'completed' | 'rolled back'> => {
  const { boot, clock, log, root } = watching;
  const moment = () => ({ now: clock.now(), boot, uptime: watching.uptime() });
  const noted = (settings: RollbackSettings, left: number) =>
    keep(watching, { deadline: settings.deadline, boot, uptime: watching.uptime(), left });
  let settings = await readSettings(root);
  let left = secondsLeft(settings, moment(), await readTimeLeft(root));
  if (settings === undefined || left === undefined) return 'nothing to watch';
  log.info({ secondsLeft: left }, 'the upgrade is watched');
  for (let last = await noted(settings, left); ; ) {
    if (left > 0) await clock.sleep(Math.min(left, LOOK_SECONDS));
    settings = await readSettings(root);
    left = secondsLeft(settings, moment(), last);
    if (settings === undefined || left === undefined) return 'completed';
    if (left <= 0) break;
    if (last.left - left >= NOTE_SECONDS) last = await noted(settings, left);
  }
  await watching.rollBack(timeoutMessage(settings));
  return 'rolled back';
};

/** The message of the rollback after a unit has ended badly; undefined: it has not, or nobody wants a rollback then. */
export const messageOfFailedUnit = (
  component: string,
  result: string | undefined,
  settings: RollbackSettings | undefined,
): string | undefined => {
  const isWanted = component === 'config' ? settings?.enabled_components.config : settings?.enabled_components.postpivot;
  return result === 'success' || result === undefined || !isWanted
    ? undefined
    : `Rollback due to service-unit failure: component ${component}`;
};
