import { isDeepStrictEqual } from 'node:util';
import { completedType, type ImageBasedUpgrade, inProgressType, type Stage, upgradeAnnotations, upgradeReasons } from '@godwit/api';
import { conditionIn, failedCleanup, holds, stageOf } from './facts.ts';

/** How what was asked for has ended: `left` when somebody has asked for something else meanwhile. */
export type Ending = { readonly result: 'done' | 'failed' | 'refused' | 'left'; readonly message: string };

const WAYS_OUT = [upgradeAnnotations.manualCleanupDone, upgradeAnnotations.rollbackRetry, upgradeAnnotations.acceptCurrentStateroot];

/** Whether a request by annotation was not taken up yet. */
const isPending = ({ metadata }: ImageBasedUpgrade): boolean => WAYS_OUT.some((key) => metadata.annotations?.[key] !== undefined);

const refusalOf = (upgrade: ImageBasedUpgrade, type: string): Ending | undefined => {
  const condition = conditionIn(upgrade, type);
  return condition?.reason === upgradeReasons.invalidTransition ? { result: 'refused', message: condition.message ?? '' } : undefined;
};

const left = (upgrade: ImageBasedUpgrade): Ending => ({ result: 'left', message: `stage ${stageOf(upgrade)} was asked for meanwhile` });

const idleEnding = (upgrade: ImageBasedUpgrade): Ending | undefined => {
  const message = conditionIn(upgrade, 'Idle')?.message ?? '';
  if (failedCleanup(upgrade) !== undefined) return { result: 'failed', message };
  if (stageOf(upgrade) !== 'Idle') return left(upgrade);
  return holds(upgrade, 'Idle') ? { result: 'done', message } : refusalOf(upgrade, 'Idle');
};

/** How a wanted stage has ended; undefined while it goes on. Pure. */
export const endingOf = (goal: Stage, upgrade: ImageBasedUpgrade): Ending | undefined => {
  if (isPending(upgrade) || (upgrade.status?.conditions ?? []).length === 0) return undefined;
  if (goal === 'Idle') return idleEnding(upgrade);
  const completed = conditionIn(upgrade, completedType(goal));
  const work = conditionIn(upgrade, inProgressType(goal));
  if (completed?.status === 'True') return { result: 'done', message: completed.message ?? '' };
  if (completed?.status === 'False') return { result: 'failed', message: work?.message ?? completed.message ?? '' };
  if (stageOf(upgrade) !== goal) return left(upgrade);
  return refusalOf(upgrade, inProgressType(goal));
};

/**
 * How trying again what has failed has ended, asked of one state after the other. The failure that was there before does not count: an agent
 * takes the annotation away first, and says a moment later that it works.
 */
export const endingOfRetry = (
  goal: 'Idle' | 'Rollback',
  before: ImageBasedUpgrade,
): ((upgrade: ImageBasedUpgrade) => Ending | undefined) => {
  const stateIn = (upgrade: ImageBasedUpgrade) => conditionIn(upgrade, goal === 'Idle' ? 'Idle' : completedType(goal));
  let hasBegun = false;
  return (upgrade) => {
    hasBegun ||= !isDeepStrictEqual(stateIn(upgrade), stateIn(before));
    return hasBegun ? endingOf(goal, upgrade) : undefined;
  };
};

/** How keeping the booted release after a failed rollback has ended. Pure. */
export const acceptanceOf = (upgrade: ImageBasedUpgrade): Ending | undefined =>
  isPending(upgrade) || !holds(upgrade, completedType('Upgrade'))
    ? undefined
    : { result: 'done', message: conditionIn(upgrade, completedType('Upgrade'))?.message ?? '' };
