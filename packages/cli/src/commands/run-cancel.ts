import { fieldManagers, HostedClusterMigration, MigMigration } from '@godwit/api';
import { command } from '../command.ts';
import { ensureOperator } from '../controllers.ts';
import { commandLine } from '../copyable.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { watchMove } from '../hosted/move/follow-move.ts';
import { canBeTakenBack, moveHasEnded, stateOfMove } from '../hosted/move/move-facts.ts';
import { type Invocation, secondsIn } from '../invocation.ts';
import { found } from '../lookup.ts';
import { hasEnded, kindOfRun, stateOfRun } from '../printers/run-facts.ts';
import { foundRun, isMove } from '../runs.ts';
import { type WaitOptions, waitFlags, waitForRun } from './wait-for-run.ts';

/** `godwit run cancel`. */
export const runCancel = command<WaitOptions>({
  words: ['run', 'cancel'],
  summary: 'Stops a run: the source works again, and nothing of the run is left on the target but copied volumes',
  takes: [['<run>', 'name of the run']],
  flags: waitFlags,
  examples: [['Cancel a run and wait until the source is awake', 'run cancel shop-1 --wait']],
  run: async (invocation, [text = ''], options) => {
    const { namespace, terminal } = invocation;
    const run = await foundRun(invocation, text);
    if (isMove(run)) return cancelMove(invocation, run, options);
    const name = run.metadata.name ?? '';
    if (hasEnded(run)) {
      const next =
        kindOfRun(run) === 'Cutover' ? { next: commandLine(invocation, `run rollback ${run.spec.migPlanRef?.name} --wait`) } : {};
      throw new Failure(`run "${name}" is over`, {
        reason: 'NotAllowedNow',
        why: `its state is ${stateOfRun(run)}`,
        exitCode: exitCodes.refused,
        ...next,
      });
    }
    const host = invocation.client();
    if (options.wait !== true) await ensureOperator(invocation, host);
    await host.patch(MigMigration, { namespace, name }, { spec: { canceled: true } }, { fieldManager: fieldManagers.cli });
    terminal.out(`run/${name} canceled`);
    if (options.wait !== true) return exitCodes.done;
    const code = await waitForRun(invocation, name, options);
    return code === exitCodes.goalMissed && (await isCanceled(invocation, name)) ? exitCodes.done : code; // being canceled is the goal here
  },
});

const isCanceled = async (invocation: Invocation, name: string): Promise<boolean> =>
  stateOfRun(await found(invocation, 'run', MigMigration, name)) === 'Canceled';

const refuseMove = (invocation: Invocation, move: HostedClusterMigration, why: string, next: string): Failure =>
  new Failure(`move "${move.metadata.name}" cannot be canceled`, {
    reason: moveHasEnded(move) ? 'NotAllowedNow' : 'PastPointOfNoReturn',
    why,
    next: commandLine(invocation, next),
    exitCode: exitCodes.refused,
  });

/** Gives a move up: the source serves again. Refused once names in DNS lead to the destination. */
const cancelMove = async (invocation: Invocation, move: HostedClusterMigration, { wait, timeout }: WaitOptions): Promise<ExitCode> => {
  const { namespace, name = '' } = move.metadata;
  if (moveHasEnded(move)) throw refuseMove(invocation, move, `it is over: its state is ${stateOfMove(move)}`, `run describe hcm/${name}`);
  if (!canBeTakenBack(move))
    throw refuseMove(
      invocation,
      move,
      'names in DNS lead to the destination already; a move in the other direction brings it back',
      `run attach hcm/${name}`,
    );
  const client = invocation.client();
  await client.patch(HostedClusterMigration, { namespace, name }, { spec: { canceled: true } }, { fieldManager: fieldManagers.cli });
  invocation.terminal.out(`hcm/${name} canceled`);
  if (wait !== true) return exitCodes.done;
  const timeoutSeconds = timeout === undefined ? undefined : secondsIn('--timeout', timeout);
  const code = await watchMove({ invocation, client, name: { namespace, name }, place: invocation, timeoutSeconds });
  const canceled = stateOfMove((await client.get(HostedClusterMigration, { namespace, name })) ?? move) === 'Canceled';
  return code === exitCodes.goalMissed && canceled ? exitCodes.done : code; // being canceled is the goal here
};
