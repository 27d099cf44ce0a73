import { fieldManagers, MigMigration } from '@godwit/api';
import { command } from '../command.ts';
import { ensureOperator } from '../controllers.ts';
import { commandLine } from '../copyable.ts';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Invocation } from '../invocation.ts';
import { found } from '../lookup.ts';
import { hasEnded, kindOfRun, stateOfRun } from '../printers/run-facts.ts';
import { type WaitOptions, waitFlags, waitForRun } from './wait-for-run.ts';

/** `godwit run cancel`. */
export const runCancel = command<WaitOptions>({
  words: ['run', 'cancel'],
  summary: 'Stops a run: the source application is woken, and nothing of it is left on the target but copied volumes',
  takes: [['<run>', 'name of the run']],
  flags: waitFlags,
  examples: [['Cancel a run and wait until the source is awake', 'run cancel shop-1 --wait']],
  run: async (invocation, [text = ''], options) => {
    const { namespace, terminal } = invocation;
    const run = await found(invocation, 'run', MigMigration, text);
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
