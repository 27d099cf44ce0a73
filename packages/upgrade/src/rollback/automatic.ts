import type { ImageBasedUpgrade } from '@godwit/api';
import { type Clock, type Log, timeOf } from '@godwit/controller';
import { readCarried, saveCarried } from '../carried/carried-upgrade.ts';
import type { Deployment, HostDriver } from '../host/driver.ts';
import { afterEvent } from '../stage/after-event.ts';
import { readSettings } from './deadline.ts';
import { wayBack } from './way-back.ts';

/** What an automatic rollback needs. */
export type AutomaticRollback = {
  readonly host: HostDriver;
  readonly clock: Clock;
  readonly log: Log;
  /** Saves what explains the failure in the stateroot that is rolled back to; what it throws keeps no rollback from happening. */
  readonly keepEvidence: (stateroot: string) => Promise<void>;
};

/** What a reboot into another release, and back, says of itself. */
export const REBOOT_REASONS = { upgrade: 'lifecycle-agent: upgrade', rollback: 'lifecycle-agent: rollback' } as const;

/** The object as the old release finds it after an upgrade that was given up. */
export const givenUp = (upgrade: ImageBasedUpgrade, message: string, now: Date): ImageBasedUpgrade => ({
  ...upgrade,
  status: {
    ...upgrade.status,
    conditions: afterEvent(
      upgrade.status?.conditions ?? [],
      { type: 'failed', stage: 'Upgrade', message },
      {
        now: timeOf(now),
        generation: upgrade.metadata.generation,
      },
    ),
    // valid only while the new release runs
    rollbackAvailabilityExpiration: undefined,
  },
});

const tell = async (host: HostDriver, { stateroot }: Deployment, message: string, now: Date): Promise<void> => {
  const saved = await readCarried(host, stateroot);
  if (saved !== undefined) await saveCarried(host, givenUp(saved, message, now), stateroot);
};

/** What cannot be read must not keep a rollback from happening. */
const staterootLeft = async (host: HostDriver, log: Log): Promise<string | undefined> => {
  try {
    return (await readSettings(host.root))?.rollback_stateroot;
  } catch (error) {
    log.warn({ err: error }, 'it cannot be read which stateroot was left at the pivot');
    return undefined;
  }
};

/**
 * Goes back to the release before without being asked: keeps the evidence, tells the old release why, lets it boot next, and reboots.
 * May be run again after it was cut short.
 */
export const rollBackByItself = async ({ host, clock, log, keepEvidence }: AutomaticRollback, message: string): Promise<void> => {
  log.error({ message }, 'the upgrade is rolled back');
  const other = wayBack(await host.listDeployments(), await staterootLeft(host, log));
  await host.makeWritable();
  await keepEvidence(other.stateroot).catch((error: unknown) => log.warn({ err: error }, 'the evidence could not be kept'));
  await tell(host, other, message, clock.now());
  await host.setDefault(other);
  await host.reboot(REBOOT_REASONS.rollback);
};
