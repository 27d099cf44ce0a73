import type { Clock, Log } from '@godwit/controller';
import { type RollbackSettings, readSettings, withDeadline, writeSettings } from '../rollback/deadline.ts';
import { goDuration } from '../rollback/go-duration.ts';
import { secondsLeft } from './remaining.ts';

/** What the monitor watches: the settings below a root, and what it does when the time is over. */
export type Watching = { readonly root: string; readonly clock: Clock; readonly log: Log; rollBack(message: string): Promise<void> };

/** How often it is looked whether the upgrade was completed. */
const LOOK_SECONDS = 5;

/** What an upgrade that was not completed in time is rolled back with. */
export const timeoutMessage = ({ monitor_timeout }: Pick<RollbackSettings, 'monitor_timeout'>): string =>
  `Rollback due to LCA Init Monitor timeout, after ${goDuration(monitor_timeout)}`;

/** The settings with a deadline; one that nobody wrote before the reboot begins now, and is kept for the next boot. */
const begun = async ({ root, clock }: Watching): Promise<RollbackSettings | undefined> => {
  const found = await readSettings(root);
  if (found === undefined) return undefined;
  const settings = withDeadline(found, clock.now());
  if (settings !== found) await writeSettings(root, settings);
  return settings;
};

/**
 * Waits until the deadline of an upgrade, and rolls it back when it is not completed by then. Ends at once where nothing is to be watched, and
 * soon after the upgrade was completed. The deadline is absolute: another boot waits for the rest of the time only.
 */
export const watchUpgrade = async (watching: Watching): Promise<'nothing to watch' | 'completed' | 'rolled back'> => {
  const { clock, log, root } = watching;
  let left = secondsLeft(await begun(watching), clock.now());
  if (left === undefined) return 'nothing to watch';
  log.info({ secondsLeft: left }, 'the upgrade is watched');
  for (;;) {
    const pause = Math.min(left, LOOK_SECONDS);
    if (pause > 0) await clock.sleep(pause);
    const settings = await readSettings(root);
    const now = secondsLeft(settings, clock.now());
    if (settings === undefined || now === undefined) return 'completed';
    // A clock that is set back must not give more time than has passed.
    left = Math.min(left - pause, now);
    if (left > 0) continue;
    await watching.rollBack(timeoutMessage(settings));
    return 'rolled back';
  }
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
