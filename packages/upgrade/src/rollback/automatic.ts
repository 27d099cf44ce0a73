import type { ImageBasedUpgrade } from '@godwit/api';
import { type Clock, type Log, timeOf } from '@godwit/controller';
import { readCarried, readMirror, saveCarried, UnreadableUpgrade } from '../carried/carried-upgrade.ts';
import type { HostDriver } from '../host/driver.ts';
import { afterEvent } from '../stage/after-event.ts';
import { readLeft } from './left-deployment.ts';
import { tryEvidence } from './try-evidence.ts';
import { wayBack } from './way-back.ts';

/** What an automatic rollback needs. */
export type AutomaticRollback = {
  readonly host: HostDriver;
  readonly clock: Clock;
  readonly log: Log;
  /** Saves what explains the failure in the stateroot that is rolled back to, until the signal ends it. */
  readonly keepEvidence: (stateroot: string, signal: AbortSignal) => Promise<unknown>;
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

const readable = (read: Promise<ImageBasedUpgrade | undefined>): Promise<ImageBasedUpgrade | undefined> =>
  read.catch((error: unknown) => {
    if (error instanceof UnreadableUpgrade) return undefined;
    throw error;
  });

/** What was left for the old release, or else what this one knows: without a word the old release would go on upgrading. */
const known = async (host: HostDriver, stateroot: string): Promise<ImageBasedUpgrade | undefined> =>
  (await readable(readCarried(host, stateroot))) ?? (await readable(readCarried(host))) ?? (await readable(readMirror(host)));

const tell = async (host: HostDriver, stateroot: string, message: string, now: Date): Promise<void> => {
  const upgrade = await known(host, stateroot);
  if (upgrade !== undefined) await saveCarried(host, givenUp(upgrade, message, now), stateroot);
};

/**
 * Goes back to the release before without being asked: tells the old release why, lets it boot next, keeps the evidence, and reboots. Telling
 * and evidence are given up where they fail, as on a full disk. May be run again after it was cut short.
 */
export const rollBackByItself = async ({ host, clock, log, keepEvidence }: AutomaticRollback, message: string): Promise<void> => {
  log.error({ message }, 'the upgrade is rolled back');
  const other = wayBack(await host.listDeployments(), await readLeft(host, log));
  const { stateroot } = other;
  await host.makeWritable();
  // Before the menu changes: whatever boots the release before from here on, it finds why.
  await tell(host, stateroot, message, clock.now()).catch((error: unknown) =>
    log.warn({ err: error }, 'the release before could not be told why'),
  );
  await host.setDefault(other);
  await tryEvidence({ clock, log }, (signal) => keepEvidence(stateroot, signal));
  await host.reboot(REBOOT_REASONS.rollback);
};
