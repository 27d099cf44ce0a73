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

/** As a user would have to call the program again: through kubectl, through npx, or by its name. */
const calledAs = (): string => {
  if (process.env.GODWIT_CALLED_AS === 'kubectl-godwit') return 'kubectl godwit';
  return process.env.npm_command === 'exec' ? 'npx godwit' : 'godwit';
};

const wasInterrupted = (error: unknown, signal: AbortSignal): boolean =>
  error instanceof Interrupted || (signal.aborted && error instanceof Error && error.name === 'AbortError');

type CarriedOut = [command: Command, names: readonly string[], options: object, globals: Globals];

const carryOut = async (argv: readonly string[], ...[command, names, options, globals]: CarriedOut): Promise<ExitCode> => {
  const environment = process.env;
  const terminal = terminalOf(process, { color: globals.color, environment });
  const { signal, release } = interruption();
  const invocation = openInvocation({ globals, argv, calledAs: calledAs(), environment, terminal, interrupted: signal });
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
    carryOut: (...given) => carryOut(argv, ...given),
    write: (text) => void process.stdout.write(text),
    fail: (text) => void process.stderr.write(text),
  });
