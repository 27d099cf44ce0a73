import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { failureLine } from './failure.ts';
import { type Globals, globalValueFlags } from './globals.ts';
import { normalise } from './grammar/normalise.ts';
import { Interrupted, interruption } from './interruption.ts';
import { openInvocation } from './invocation.ts';
import { runProgram } from './program.ts';
import { terminalOf } from './terminal.ts';

const calledAs = (): string => (process.env.GODWIT_CALLED_AS === 'kubectl-godwit' ? 'kubectl godwit' : 'godwit');

const wasInterrupted = (error: unknown, signal: AbortSignal): boolean =>
  error instanceof Interrupted || (signal.aborted && error instanceof Error && error.name === 'AbortError');

const carryOut = async (command: Command, names: readonly string[], options: object, globals: Globals): Promise<ExitCode> => {
  const environment = process.env;
  const terminal = terminalOf(process, { color: globals.color, environment });
  const { signal, release } = interruption();
  const invocation = openInvocation({ globals, calledAs: calledAs(), environment, terminal, interrupted: signal });
  try {
    return (await command.run(invocation, names, options as never)) ?? exitCodes.done;
  } catch (error) {
    if (wasInterrupted(error, signal)) return exitCodes.interrupted;
    const failure = explainError(`${command.words.join(' ')} could not do its work`, error);
    terminal.err(failureLine(failure));
    if (globals.verbose && error instanceof Error) terminal.err(error.stack ?? '');
    return failure.exitCode;
  } finally {
    release();
    await invocation.close();
  }
};

/** Carries out one command line and gives its exit code. */
export const run = (argv: readonly string[], commands: readonly Command[]): Promise<ExitCode> =>
  runProgram(normalise(argv, globalValueFlags), {
    calledAs: calledAs(),
    commands,
    carryOut,
    write: (text) => void process.stdout.write(text),
    fail: (text) => void process.stderr.write(text),
  });
