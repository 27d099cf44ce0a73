import { step, toStandardError } from '../progress.ts';
import { knownSets } from '../sets/folders.ts';
import { stopSet } from '../sets/stop.ts';
import type { Command } from './run.ts';

/** Ends a set, or all of them. */
export const down: Command = async ({ set, all }) => {
  for (const id of all ? knownSets() : [set]) await step(toStandardError, `Ending set ${id}`, () => stopSet(id));
};
