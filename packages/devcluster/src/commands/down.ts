import { step, toStandardError } from '../progress.ts';
import { knownSets } from '../sets/folders.ts';
import { namedSets } from '../sets/leftovers.ts';
import { stopSet } from '../sets/stop.ts';
import type { Command } from './run.ts';

/** Ends a set, or all of them. */
export const down: Command = async ({ set, all }) => {
  const ids = all ? [...new Set([...knownSets(), ...namedSets()])] : [set];
  for (const id of ids) await step(toStandardError, `Ending set ${id}`, () => stopSet(id));
};
