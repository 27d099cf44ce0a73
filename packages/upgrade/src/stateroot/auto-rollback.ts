/** What decides on automatic rollbacks, as Prep read it. */
export type AutoRollbackChoice = {
  /** spec.autoRollbackOnFailure.initMonitorTimeoutSeconds; omitted or 0: 1800. */
  readonly timeoutSeconds?: number | undefined;
  /** Whether the time-out after the first reboot rolls back. */
  readonly initMonitor: boolean;
  /** Whether a failure of the first configuration rolls back. */
  readonly postRebootConfig: boolean;
};

/** The file by which the new release knows when to roll back, in upstream's fields. The deadline itself is added when the node reboots. */
export type AutoRollbackConfig = {
  readonly monitor_enabled?: true;
  /** Seconds after the first reboot. */
  readonly monitor_timeout: number;
  readonly enabled_components: { readonly config: boolean; readonly postpivot: boolean };
};

/** Half an hour. */
const DEFAULT_TIMEOUT_SECONDS = 1800;

/** The longest time that upstream's programs can count, of which this file is read by some: 292 years. */
const MOST_TIMEOUT_SECONDS = 9_223_372_036;

/** Why so many seconds cannot be the time that an upgrade may take; undefined: they can. Pure. */
export const timeoutProblem = (seconds: number | undefined = 0): string | undefined =>
  seconds > MOST_TIMEOUT_SECONDS ? `initMonitorTimeoutSeconds (${seconds}) must not be higher than ${MOST_TIMEOUT_SECONDS}` : undefined;

/** Where the file lies below the /var of its stateroot. */
export const AUTO_ROLLBACK_FILE = 'lib/lca/autorollback_config.json';

/** Puts the choice into upstream's form, which leaves out what is false. */
export const autoRollbackConfig = ({ timeoutSeconds = 0, initMonitor, postRebootConfig }: AutoRollbackChoice): AutoRollbackConfig => ({
  ...(initMonitor && { monitor_enabled: true }),
  monitor_timeout: timeoutSeconds > 0 ? timeoutSeconds : DEFAULT_TIMEOUT_SECONDS,
  enabled_components: { config: postRebootConfig, postpivot: postRebootConfig },
});
