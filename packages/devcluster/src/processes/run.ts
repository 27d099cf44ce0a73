import { execa } from 'execa';
import { searchPath } from '../host/search-path.ts';

/** How a command is run: `input` goes to its standard input, `env` is added to ours. */
export type RunOptions = { input?: string; env?: Record<string, string>; cwd?: string };

/** A command that ended badly; the message carries what it said. */
export class CommandError extends Error {
  override name = 'CommandError';
}

const lastLines = (text: string, count: number): string => text.trimEnd().split('\n').slice(-count).join('\n');

/** Runs a program to its end and returns what it printed; throws a CommandError with its last words when it fails. */
export const run = async (argv: readonly string[], options: RunOptions = {}): Promise<string> => {
  const [program = '', ...args] = argv;
  const result = await execa(program, args, {
    ...options,
    env: { PATH: searchPath(), ...options.env },
    reject: false,
    stripFinalNewline: true,
  });
  if (!result.failed) return result.stdout;
  const said = lastLines(result.stderr || result.stdout || result.shortMessage || '', 20);
  throw new CommandError(`${argv.join(' ')} failed${result.exitCode === undefined ? '' : ` with exit code ${result.exitCode}`}: ${said}`);
};

/** Runs a program and forgives its failure; returns whether it succeeded. For removing what may be gone already. */
export const attempt = async (argv: readonly string[]): Promise<boolean> => {
  const [program = '', ...args] = argv;
  return !(await execa(program, args, { env: { PATH: searchPath() }, reject: false, stdio: 'ignore' })).failed;
};
