import { advance, fail, type Verdict, wait } from '@godwit/controller';
import type { Tracked } from '../backup/track.ts';
import { says } from './phase.ts';

/** How backups and restores are told of. */
export type GroupWords = { readonly failed: string; readonly inProgress: string; readonly done: string };

/** What a group's state means for the walk; undefined: it has succeeded, and the next one begins. Pure. */
export const verdictOnGroup = ({ failed, progressing, pending, missing }: Tracked, words: GroupWords): Verdict | undefined => {
  if (failed.length > 0) return fail(says('Failed', `${words.failed}: ${failed.join(',')}`));
  if (progressing.length > 0) return wait(says('InProgress', words.inProgress), [], '30s');
  if (missing.length > 0 || pending.length > 0) return wait(says('Pending', words.inProgress), [], '1m');
  return undefined;
};

/** Takes groups further, one after the other; the next begins when the one before has succeeded. */
export const walkGroups = async <T>(
  groups: readonly (readonly T[])[],
  take: (group: readonly T[]) => Promise<Tracked>,
  words: GroupWords,
): Promise<Verdict> => {
  for (const group of groups) {
    const verdict = verdictOnGroup(await take(group), words);
    if (verdict !== undefined) return verdict;
  }
  return advance(says('Completed', words.done));
};
