import { fieldManagers, HostedClusterMigration } from '@godwit/api';
import { type Command, command } from '../command.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { moveHasEnded, stateOfMove } from '../hosted/move/move-facts.ts';
import type { Invocation } from '../invocation.ts';
import { foundRun, isMove } from '../runs.ts';

const refuse = (invocation: Invocation, what: string, why: string, next: string): Failure =>
  new Failure(what, { reason: 'NotAllowedNow', why, next: commandLine(invocation, next), exitCode: exitCodes.refused });

/** The move of that name, unless it is over; runs of plans know no pause. */
const movable = async (invocation: Invocation, text: string, done: string): Promise<HostedClusterMigration> => {
  const run = await foundRun(invocation, text);
  const { name } = run.metadata;
  if (!isMove(run))
    throw refuse(
      invocation,
      `run "${name}" cannot be ${done}`,
      'runs of plans have no pause; they can be held before a phase with migrate --hold-before',
      `run describe ${name}`,
    );
  if (moveHasEnded(run)) throw refuse(invocation, `move "${name}" is over`, `its state is ${stateOfMove(run)}`, `run describe hcm/${name}`);
  return run;
};

const switchCommand = (verb: 'pause' | 'resume', summary: string, done: string): Command =>
  command({
    words: ['run', verb],
    summary,
    takes: [['<run>', 'name of the move; hcm/NAME where a run of a plan has the same name']],
    examples: [[`${verb === 'pause' ? 'Pause' : 'Resume'} a move`, `run ${verb} hcm/demo-1`]],
    run: async (invocation, [text = '']) => {
      const { metadata } = await movable(invocation, text, done);
      const { namespace, name = '' } = metadata;
      const patch = { spec: { paused: verb === 'pause' } };
      await invocation.client().patch(HostedClusterMigration, { namespace, name }, patch, { fieldManager: fieldManagers.cli });
      invocation.terminal.out(`hcm/${name} ${done}`);
      return undefined;
    },
  });

/** `godwit run pause`. */
export const runPause = switchCommand(
  'pause',
  'Stops the move of a hosted cluster before its next phase; a phase that is under way is finished',
  'paused',
);
/** `godwit run resume`. */
export const runResume = switchCommand('resume', 'Lets a paused move of a hosted cluster go on', 'resumed');
