import { join } from 'node:path';
import { z } from 'zod';
import { readText, remove, writeText } from '../carried/files.ts';
import { AUTO_ROLLBACK_FILE, type AutoRollbackConfig, autoRollbackConfig } from '../stateroot/auto-rollback.ts';
import { timeLeftPath } from './time-left.ts';

/** The settings of automatic rollbacks, with what is added when the node reboots. */
export type RollbackSettings = AutoRollbackConfig & {
  /** RFC 3339, absolute. */
  readonly deadline?: string;
  /** The stateroot that was left: nothing rolls back by itself to another one. */
  readonly rollback_stateroot?: string;
};

/** Where the settings lie below a root whose /var is a stateroot's. */
const settingsPath = (root: string): string => join(root, 'var', AUTO_ROLLBACK_FILE);

const settingsSchema: z.ZodType<RollbackSettings> = z.object({
  monitor_enabled: z.literal(true).exactOptional(),
  monitor_timeout: z.number(),
  enabled_components: z.object({ config: z.boolean(), postpivot: z.boolean() }),
  deadline: z.iso.datetime().exactOptional(),
  rollback_stateroot: z.string().exactOptional(),
});

/** What counts where the settings are damaged: a release on trial must not stay because of that. */
const DAMAGED: RollbackSettings = autoRollbackConfig({ initMonitor: true, postRebootConfig: true });

const parsed = (text: string): RollbackSettings => {
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch {
    return DAMAGED;
  }
};

/** Reads the settings; undefined: there are none, and nothing rolls back by itself. Damaged ones count as those that roll back after half an hour. */
export const readSettings = async (root: string): Promise<RollbackSettings | undefined> => {
  const text = await readText(settingsPath(root));
  return text === undefined ? undefined : parsed(text);
};

/** Writes the settings. */
export const writeSettings = (root: string, settings: RollbackSettings): Promise<void> =>
  writeText(settingsPath(root), `${JSON.stringify(settings)}\n`);

/** The settings with the deadline of the first reboot, which happens now; that of a reboot which did not happen is no more (D-I15). */
export const withDeadline = ({ deadline: _, ...settings }: RollbackSettings, now: Date): RollbackSettings => {
  if (!settings.monitor_enabled || settings.monitor_timeout <= 0) return settings;
  return { ...settings, deadline: new Date(now.getTime() + settings.monitor_timeout * 1000).toISOString() };
};

/** The settings as the annotations say it now; the later word wins (D-I17). */
export const withChoice = (settings: RollbackSettings, choice: { initMonitor: boolean; postRebootConfig: boolean }): RollbackSettings => {
  const { monitor_enabled: _, ...rest } = settings;
  const { initMonitor, postRebootConfig } = choice;
  return {
    ...rest,
    ...(initMonitor && { monitor_enabled: true as const }),
    enabled_components: { config: postRebootConfig, postpivot: postRebootConfig },
  };
};

/** Ends the watch over an upgrade: nothing rolls back by itself any more, also not after another reboot. */
export const disarm = (root: string): Promise<void> =>
  remove(settingsPath(root), timeLeftPath(root), join(root, '/etc/systemd/system/multi-user.target.wants/lca-init-monitor.service'));
