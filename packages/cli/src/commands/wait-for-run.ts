import type { Flag } from '../command.ts';
import { standIn } from '../controllers.ts';
import { commandLine } from '../copyable.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type Invocation, secondsIn } from '../invocation.ts';
import { exitCodeOfRun } from '../printers/run-facts.ts';
import { followRun } from '../progress/follow-run.ts';
import { createReporter } from '../progress/reporter.ts';
import { summaryLines } from '../progress/summary.ts';
import { unlessLeft, waitingOf } from '../waiting.ts';

/** The flags of commands that can wait for a run. */
export type WaitOptions = { wait?: boolean; timeout?: string; transferImage?: string };

/** The flags of commands that can wait for a run, for their help. */
export const waitFlags: readonly Flag[] = [
  ['--wait', 'waits for the outcome; runs the controllers in this command while no operator does'],
  ['--timeout <time>', 'how long to wait, for instance 30m; default: until it is over'],
  ['--transfer-image <image>', 'image with rsync and stunnel, for controllers in this command'],
];

/** Follows a run to its end and tells the outcome; the exit code equals it. */
export const waitForRun = (invocation: Invocation, name: string, { timeout, transferImage }: WaitOptions): Promise<ExitCode> => {
  const { namespace, terminal } = invocation;
  const reporter = createReporter(terminal, 1);
  const waiting = waitingOf(invocation, timeout === undefined ? undefined : secondsIn('--timeout', timeout), reporter);
  const host = invocation.client();
  const image = transferImage === undefined ? '' : ` --transfer-image ${transferImage}`;
  return unlessLeft(invocation, waiting, commandLine(invocation, `run attach ${name}${image}`), async () => {
    const controllers = await standIn(invocation, host, { name, transferImage });
    try {
      reporter.step(`run ${name}; controllers: ${controllers.who}`);
      const signal = AbortSignal.any([waiting.signal, controllers.broken]);
      const state = await followRun(host, { namespace, name }, { ...waiting, signal }, reporter.run);
      for (const line of summaryLines({ state, backup: undefined, restore: undefined }, new Date())) terminal.out(line);
      return exitCodeOfRun(state.run);
    } finally {
      reporter.end();
      await controllers.stop();
    }
  });
};
