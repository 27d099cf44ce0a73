import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { searchPath } from '../host/search-path.ts';
import { identify, isAlive, type ProcessIdentity } from './identity.ts';

/** What is needed to start a program in the background, and to start it again just so. */
export type Daemon = { argv: readonly string[]; env: Readonly<Record<string, string>>; log: string };

/** Starts a program in a session of its own, so that Ctrl-C in the terminal does not reach it; output is appended to its log. */
export const startDaemon = async ({ argv, env, log }: Daemon): Promise<ProcessIdentity> => {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const [program = '', ...args] = argv;
  try {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, PATH: searchPath(), ...env },
      cwd: '/',
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    const identity = identify(child.pid ?? 0);
    if (!identity) throw new Error(`${program} ended at once; see ${log}`);
    return identity;
  } finally {
    closeSync(output);
  }
};

const signal = ({ pid }: ProcessIdentity, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Sends a signal to a process, unless it has ended or its number belongs to somebody else by now. */
export const signalProcess = (identity: ProcessIdentity, name: NodeJS.Signals): void => {
  if (isAlive(identity)) signal(identity, name);
};

/** Waits until none of the processes runs; returns those that still do after the given time. */
export const waitForEnd = async (processes: readonly ProcessIdentity[], milliseconds: number): Promise<ProcessIdentity[]> => {
  const deadline = Date.now() + milliseconds;
  let left = processes.filter(isAlive);
  while (left.length > 0 && Date.now() < deadline) {
    await sleep(20);
    left = left.filter(isAlive);
  }
  return left;
};

/** A killed process ends when the kernel has done what it is doing for it: on a slow disk a sync takes its time. */
const KILLED_MILLISECONDS = 30_000;

/** Ends processes: asks with SIGTERM, and after `patience` milliseconds (default 5000) no longer asks. */
export const endProcesses = async (processes: readonly ProcessIdentity[], patience = 5000): Promise<void> => {
  for (const each of processes) signalProcess(each, 'SIGTERM');
  for (const each of processes) signalProcess(each, 'SIGCONT');
  const stubborn = await waitForEnd(processes, patience);
  for (const each of stubborn) signalProcess(each, 'SIGKILL');
  const immortal = await waitForEnd(stubborn, KILLED_MILLISECONDS);
  if (immortal.length > 0) throw new Error(`Processes ${immortal.map(({ pid }) => pid).join(', ')} do not end, not even by SIGKILL`);
};
