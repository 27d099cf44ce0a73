import { completedType, type ImageBasedUpgrade, type Stage } from '@godwit/api';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Invocation } from '../invocation.ts';
import { confirmed } from '../migrate/confirmed.ts';
import { ask } from './ask.ts';
import { endingOf } from './ending.ts';
import { holds, stageOf } from './facts.ts';
import { nextCommands } from './next-commands.ts';
import { type WaitOptions, waitFor } from './wait.ts';

/** How a stage is asked for. */
export type MoveOptions = WaitOptions & { dryRun?: boolean; yes?: boolean };

/** A stage that is asked for: the verb that does it, and what is told and confirmed before. */
export type Move = {
  readonly verb: string;
  readonly stage: Stage;
  /** Default: the stage, and nothing else. */
  readonly patch?: object;
  /** Consequences, told before the question. */
  readonly consequences?: readonly string[];
  /** Omitted: nobody is asked. */
  readonly question?: string;
};

const isThere = (upgrade: ImageBasedUpgrade, stage: Stage): boolean =>
  stageOf(upgrade) === stage && (stage === 'Idle' ? holds(upgrade, 'Idle') : holds(upgrade, completedType(stage)));

/**
 * Asks for a stage and waits for its end. The API server is asked first without anything being stored, so that nobody confirms what is not
 * allowed.
 */
export const moveTo = async (invocation: Invocation, upgrade: ImageBasedUpgrade, move: Move, options: MoveOptions): Promise<ExitCode> => {
  const { terminal } = invocation;
  const { verb, stage, patch = { spec: { stage } }, consequences = [], question } = move;
  const what = `ibu ${verb} is not carried out`;
  const judged = await ask(invocation, upgrade, { what, patch, dryRun: true });
  if (options.dryRun === true) {
    for (const line of consequences) terminal.err(line);
    terminal.out(`ibu/${upgrade.metadata.name} would be asked for ${stage} (dry run)`);
    return exitCodes.done;
  }
  const changesNothing = judged.metadata.generation === upgrade.metadata.generation;
  if (!(changesNothing && isThere(upgrade, stage))) {
    for (const line of consequences) terminal.err(line);
    if (question !== undefined) await confirmed(invocation, { assumeYes: options.yes === true, question, what });
    await ask(invocation, upgrade, { what, patch });
  }
  terminal.out(`ibu/${upgrade.metadata.name} ${stage} requested`);
  if (options.wait) return waitFor(invocation, { title: verb, ending: (each) => endingOf(stage, each) }, options);
  for (const line of nextCommands(upgrade, invocation).filter((each) => each.includes('--watch'))) terminal.err(line);
  return exitCodes.done;
};
