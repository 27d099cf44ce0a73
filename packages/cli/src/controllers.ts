import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@godwit/kube';
import { createLogger, type Operator, operatorOf, settingsFrom, startOperator } from '@godwit/operator';
import { commandLine } from './copyable.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import type { Invocation } from './invocation.ts';
import { logInto } from './log-file.ts';

/** Controllers that stand by inside a command: they work unless an operator does. */
export type LocalControllers = {
  /** Who works: this command, or the name of the operator that holds the lease. */
  who: string;
  /** The log of the controllers; undefined with -v, when it goes to standard error. */
  logFile: string | undefined;
  /** Aborts when the controllers have broken. */
  broken: AbortSignal;
  stop(): Promise<void>;
};

/** Who works when no operator does. */
export const HERE = 'this command';

type Environment = Invocation['environment'];

/** Where logs of a name are kept: below $XDG_STATE_HOME, by default ~/.local/state. */
export const logFileOf = (environment: Environment, name: string): string =>
  join(environment.XDG_STATE_HOME || join(environment.HOME || homedir(), '.local', 'state'), 'godwit', `${name}.log`);

const brokenSignal = (operator: Operator): AbortSignal => {
  const broken = new AbortController();
  operator.stopped.catch((error: unknown) => broken.abort(error));
  return broken.signal;
};

/** Runs the controllers inside this command while no operator does; a folder may be the repository then. */
export const standIn = async (
  { environment, globals, namespace, terminal }: Invocation,
  host: Client,
  { name, transferImage }: { name: string; transferImage?: string | undefined },
): Promise<LocalControllers> => {
  const logFile = globals.verbose ? undefined : logFileOf(environment, name);
  const log = logFile === undefined ? createLogger({ level: 'debug', destination: process.stderr }) : logInto(logFile, terminal.err);
  const other = await operatorOf(host, namespace);
  const operator = startOperator({ host, settings: settingsFrom(environment, { namespace, transferImage }), allowFolders: true, log });
  return { who: other ?? HERE, logFile, broken: brokenSignal(operator), stop: operator.stop };
};

/** Refuses a request that nobody would work on. */
export const ensureOperator = async (invocation: Invocation, host: Client): Promise<void> => {
  const { namespace } = invocation;
  if ((await operatorOf(host, namespace)) !== undefined) return;
  throw new Failure('nobody would carry this out', {
    reason: 'NoOperator',
    why: `no operator holds the lease in namespace ${namespace}`,
    next: `the command with --wait, which runs the controllers itself, or ${commandLine(invocation, 'operator run')}`,
    exitCode: exitCodes.refused,
  });
};
