import { type SeedGenerator, seedConditionTypes, upgradeReasons } from '@godwit/api';
import type { StandardClaim } from '@godwit/controller';
import { setCondition } from '../stage/set-condition.ts';
import { conditionOf } from '../stage/stage-conditions.ts';
import { seedTexts } from './texts.ts';

/** The status of a SeedGenerator. */
export type SeedStatus = NonNullable<SeedGenerator['status']>;

/** When something is said, and of which generation of the object. */
export type Moment = { readonly now: string; readonly generation?: number | undefined };

const { inProgress, completed } = seedConditionTypes;

const claimed = (status: SeedStatus, { now, generation }: Moment, ...claims: readonly StandardClaim[]): SeedStatus => ({
  ...status,
  ...(generation === undefined ? {} : { observedGeneration: generation }),
  conditions: claims.reduce(
    (conditions, claim) =>
      setCondition(conditions, { ...claim, ...(generation === undefined ? {} : { observedGeneration: generation }) }, now),
    [...(status.conditions ?? [])],
  ),
});

/** It goes on, as the message says. */
export const seedProgressed = (status: SeedStatus, message: string, moment: Moment): SeedStatus =>
  claimed({ ...status, startedAt: status.startedAt ?? moment.now }, moment, {
    type: inProgress,
    status: 'True',
    reason: upgradeReasons.inProgress,
    message,
  });

const ended = (status: SeedStatus, moment: Moment, reason: string, how: 'True' | 'False', told: string, message: string): SeedStatus =>
  claimed(
    status,
    moment,
    { type: inProgress, status: 'False', reason, message: told },
    // Last, because the last condition is the one that a list of objects shows.
    { type: completed, status: how, reason, message },
  );

/** There is an image. */
export const seedCompleted = (status: SeedStatus, moment: Moment): SeedStatus =>
  ended({ ...status, completedAt: moment.now }, moment, upgradeReasons.completed, 'True', seedTexts.completed, seedTexts.completed);

/** There is no image, for this reason. */
export const seedFailed = (status: SeedStatus, why: string, moment: Moment): SeedStatus =>
  ended(status, moment, upgradeReasons.failed, 'False', why, `${seedTexts.failed}: ${why}`);

/** This cluster must not become a seed; the text begins with `Rejected`. */
export const seedRejected = (status: SeedStatus, text: string, moment: Moment): SeedStatus =>
  ended(status, moment, upgradeReasons.failed, 'False', text, text);

/** Whether it has ended, well or badly: the object must be made anew for another try. */
export const isSeedOver = ({ conditions = [] }: SeedStatus = {}): boolean => conditionOf(conditions, completed) !== undefined;
