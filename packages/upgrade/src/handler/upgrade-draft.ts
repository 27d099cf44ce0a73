import type { ImageBasedUpgrade, Stage } from '@godwit/api';
import { type Clock, statusPatch, timeOf } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { afterEvent } from '../stage/after-event.ts';
import type { Conditions } from '../stage/stage-conditions.ts';
import type { StageEvent } from '../stage/stage-event.ts';
import { type UpgradeStatus, writeStatus } from './write-status.ts';

/** An ImageBasedUpgrade whose status is changed step by step, and written when somebody says so. */
export type UpgradeDraft = {
  /** The object with the spec as it was read, and the status as it will be written. */
  current(): ImageBasedUpgrade;
  /** The wanted stage; an object without one wants to be Idle. */
  stage(): Stage;
  conditions(): Conditions;
  /** Lets an event happen. */
  tell(event: StageEvent): void;
  change(change: (status: UpgradeStatus) => UpgradeStatus): void;
  /** Writes what has changed since it was last written; nothing when nothing has. Throws when the object that was read is no more. */
  write(): Promise<void>;
};

/** What is asked of the parts around a draft. */
export type DraftParts = { cluster: Client; clock: Pick<Clock, 'now'>; wrote: (upgrade: ImageBasedUpgrade) => Promise<void> };

/** Begins a draft of an object that was just read. `wrote` learns each state that the API server holds. */
export const draftOf = (read: ImageBasedUpgrade, { cluster, clock, wrote }: DraftParts): UpgradeDraft => {
  let stored = read;
  let status: UpgradeStatus = read.status ?? {};
  // what was asked for meanwhile, which an answer shows, is the next round's matter
  const current = (): ImageBasedUpgrade => ({ ...stored, spec: read.spec, status });
  return {
    current,
    // an object may have no spec at all
    stage: () => (read.spec as Partial<ImageBasedUpgrade['spec']> | undefined)?.stage ?? 'Idle',
    conditions: () => status.conditions ?? [],
    tell: (event) => {
      const moment = { now: timeOf(clock.now()), generation: read.metadata.generation };
      status = { ...status, conditions: afterEvent(status.conditions ?? [], event, moment) };
    },
    change: (change) => {
      status = change(status);
    },
    write: async () => {
      if (statusPatch(stored.status ?? {}, status) !== undefined) stored = await writeStatus(cluster, read, status);
      await wrote(current());
    },
  };
};
