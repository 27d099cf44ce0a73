import { type ChildProcess, spawn } from 'node:child_process';
import { argvOf, type UnitCommand } from './unit.ts';

/** How a command ended, in systemd's words; `resources`: it could not be started. */
export type Result = 'success' | 'exit-code' | 'signal' | 'resources';

/** How commands of a unit are run: with these variables, printing into this open file. `hold` learns of each process that a stop must end. */
export type Manner = { environment: Readonly<Record<string, string>>; output: number; hold: (child: ChildProcess | undefined) => void };

/** What a command has started and left running must not meet what comes after it. Processes that have made a group of their own stay, as those of containers do. */
const endLeftovers = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Settles when a process has ended; all of its group ends with it. */
export const ended = (child: ChildProcess): Promise<Result> =>
  new Promise((resolve) => {
    child.once('error', () => resolve('resources'));
    child.once('exit', (code) => {
      endLeftovers(child);
      resolve(code === 0 ? 'success' : code === null ? 'signal' : 'exit-code');
    });
  });

/** Starts a command in a session of its own. */
export const startCommand = (command: UnitCommand, { environment, output }: Manner): ChildProcess => {
  const [program = '', ...args] = argvOf(command, environment);
  return spawn(program, args, { cwd: '/', env: { ...process.env, ...environment }, stdio: ['ignore', output, output], detached: true });
};

/** Runs commands one after the other, up to the first failure that is not forgiven. */
export const runCommands = async (commands: readonly UnitCommand[], manner: Manner): Promise<Result> => {
  for (const command of commands) {
    const child = startCommand(command, manner);
    manner.hold(child);
    const result = await ended(child);
    manner.hold(undefined);
    if (result !== 'success' && !command.forgiven) return result;
  }
  return 'success';
};
