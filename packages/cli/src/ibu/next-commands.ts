import type { ImageBasedUpgrade } from '@godwit/api';
import { commandLine, type Place } from '../copyable.ts';
import { allowedNow, failedCleanup, rollbackFailed, workingStage, wouldFinalize } from './facts.ts';

type Suggestion = readonly [words: string, meaning: string];

const ofStage = (upgrade: ImageBasedUpgrade, stage: string): readonly Suggestion[] => {
  if (stage === 'Prep')
    return [
      ['doctor ibu', 'check everything; changes nothing'],
      ['ibu prep --image IMAGE --version VERSION', 'install the next release beside this one'],
    ];
  if (stage === 'Upgrade') return [['ibu upgrade', 'reboot into the new release']];
  if (stage === 'Rollback') return [['ibu rollback', 'go back to the release before']];
  return wouldFinalize(upgrade)
    ? [['ibu finalize', 'keep this release, and delete what the upgrade has left']]
    : [['ibu abort', 'undo what was begun']];
};

const ORDER = ['Prep', 'Upgrade', 'Idle', 'Rollback'];

/** What can be done now, the likeliest first; never more than the object allows. Pure. */
export const suggestions = (upgrade: ImageBasedUpgrade): readonly Suggestion[] => {
  if (failedCleanup(upgrade) !== undefined) return [['ibu retry', 'clean up again at once; the agent also tries by itself']];
  if (rollbackFailed(upgrade))
    return [
      ['ibu retry', 'try the rollback again'],
      ['ibu accept', 'stay on the release that runs now'],
    ];
  const allowed = allowedNow(upgrade);
  const following: Suggestion[] = workingStage(upgrade) === undefined && allowed.length > 0 ? [] : [['ibu status --watch', 'follow it']];
  return [...following, ...ORDER.filter((each) => allowed.includes(each)).flatMap((each) => ofStage(upgrade, each))];
};

/** Commands to copy, with what each is for. */
export const nextCommands = (upgrade: ImageBasedUpgrade, place: Place): string[] =>
  suggestions(upgrade).map(([words, meaning]) => `${commandLine(place, words)}   # ${meaning}`);
