import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { failureLine } from './failure.ts';
import { type Globals, globalValueFlags } from './globals.ts';
import { normalise } from './grammar/normalise.ts';
import { Interrupted, interruption } from './interruption.ts';
import { type Invocation, openInvocation } from './invocation.ts';
import { type ProgramParts, runProgram } from './program.ts';
import { type Terminal, terminalOf } from './terminal.ts';

/** What a call of the program has of the process that it runs in. */
export type Surroundings = Pick<ProgramParts, 'calledAs' | 'write' | 'fail'> & {
  environment: Invocation['environment'];
  terminal: (color: boolean) => Terminal;
  interruption: typeof interruption;
};

/** As a user would have to call the program again: through kubectl, through npx, or by its name. */
const calledAs = (): string => {
  if (process.env.GODWIT_CALLED_AS === 'kubectl-godwit') return 'kubectl godwit';
  return process.env.npm_command === 'exec' ? 'npx godwit' : 'godwit';
};

const thisProcess = (): Surroundings => ({
  calledAs: calledAs(),
  environment: process.env,
  terminal: (color) => terminalOf(process, { color, environment: process.env }),
  interruption,
  write: (text) => void process.stdout.write(text),
  fail: (text) => void process.stderr.write(text),
});

const wasInterrupted = (error: unknown, signal: AbortSignal): boolean =>
  error instanceof Interrupted || (signal.aborted && error instanceof Error && error.name === 'AbortError');

type CarriedOut = [command: Command, names: readonly string[], options: object, globals: Globals];

const carryOut = async (
  argv: readonly string[],
  surroundings: Surroundings,
  ...[command, names, options, globals]: CarriedOut
): Promise<ExitCode> => {
  const { environment, calledAs } = surroundings;
  const terminal = surroundings.terminal(globals.color);
  const { signal, release } = surroundings.interruption();
  const invocation = openInvocation({ globals, argv, calledAs, environment, terminal, interrupted: signal });
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

/** Carries out one command line and gives its exit code; by default in this process. */
export const run = (argv: readonly string[], commands: readonly Command[], surroundings: Surroundings = thisProcess()): Promise<ExitCode> =>
  runProgram(normalise(argv, globalValueFlags), {
    calledAs: surroundings.calledAs,
    commands,
    carryOut: (...given) => carryOut(argv, surroundings, ...given),
    write: surroundings.write,
    fail: surroundings.fail,
  });
