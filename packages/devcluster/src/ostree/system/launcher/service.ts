import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { argvOf, type Unit, type UnitCommand, variablesOf } from './unit.ts';

/** Where services write what they print, and where the launcher says how they are. */
export type ServicePlaces = { logs: string; states: string };

/** How a run of a unit ended, in systemd's words. */
type Result = 'success' | 'exit-code' | 'signal' | 'resources';

/** A unit that is started and watched over. */
export type Service = {
  unit: Unit;
  /** Settles when those who come after it may start. */
  started: Promise<void>;
  /** Ends it for good: SIGTERM to its main process, SIGKILL after its time. */
  stop(): Promise<void>;
};

const readFile = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

const ended = (child: ChildProcess): Promise<Result> =>
  new Promise((resolve) => {
    child.once('error', () => resolve('resources'));
    child.once('exit', (code) => resolve(code === 0 ? 'success' : code === null ? 'signal' : 'exit-code'));
  });

const spawnIn = (log: number, argv: readonly string[], env: Record<string, string>): ChildProcess => {
  const [program = '', ...args] = argv;
  return spawn(program, args, { cwd: '/', env: { ...process.env, ...env }, stdio: ['ignore', log, log], detached: true });
};

/** Starts a unit as soon as `ready` settles, and starts it again as it says. */
export const startService = (unit: Unit, ready: Promise<unknown>, places: ServicePlaces): Service => {
  const { promise: started, resolve: isStarted } = Promise.withResolvers<void>();
  let stopping = false;
  let main: ChildProcess | undefined;
  mkdirSync(places.logs, { recursive: true });
  const log = openSync(join(places.logs, `${unit.name}.log`), 'a');
  const say = (state: string): void => writeFileSync(join(places.states, unit.name), `${state}\n`);
  const note = (text: string): void => void writeSync(log, `launcher: ${text}\n`);

  const runAll = async (commands: readonly UnitCommand[], env: Record<string, string>): Promise<Result> => {
    for (const command of commands) {
      main = spawnIn(log, argvOf(command, env), env);
      const result = await ended(main);
      if (result !== 'success' && !command.forgiven) return result;
    }
    return 'success';
  };
  const runMain = async (env: Record<string, string>): Promise<Result> => {
    const [command] = unit.commands.ExecStart;
    if (!command) return 'resources';
    const child = spawnIn(log, argvOf(command, env), env);
    main = child;
    const end = ended(child);
    const post = afterStart(env, end).then((good) => {
      if (good) {
        say('active');
        isStarted();
      } else child.kill('SIGTERM');
    });
    const result = await end;
    await post;
    return result === 'success' || command.forgiven ? 'success' : result;
  };
  /** Runs what tells whether the main process does its work; gives up when that ends first. */
  const afterStart = async (env: Record<string, string>, end: Promise<Result>): Promise<boolean> => {
    for (const command of unit.commands.ExecStartPost) {
      const child = spawnIn(log, argvOf(command, env), env);
      const result = await Promise.race([ended(child), end.then(() => 'resources' as const)]);
      if (result !== 'success' && !command.forgiven) {
        child.kill('SIGKILL');
        return false;
      }
    }
    return true;
  };
  const runOnce = async (): Promise<Result> => {
    const env = variablesOf(unit, readFile);
    const before = await runAll(unit.commands.ExecStartPre, env);
    const result = before !== 'success' ? before : unit.once ? await runAll(unit.commands.ExecStart, env) : await runMain(env);
    if (result === 'success' && unit.once) await runAll(unit.commands.ExecStartPost, env);
    main = undefined;
    await runAll(unit.commands.ExecStopPost, { ...env, SERVICE_RESULT: result });
    return result;
  };
  const again = (result: Result): boolean =>
    !stopping &&
    (unit.once
      ? result !== 'success' && unit.restart !== 'no'
      : unit.restart === 'always' || (unit.restart === 'on-failure' && result !== 'success'));
  const live = async (): Promise<void> => {
    await ready;
    let result: Result = 'success';
    while (!stopping) {
      say('activating');
      result = await runOnce().catch((error: unknown) => {
        note(String(error));
        return 'resources' as const;
      });
      if (!again(result)) break;
      note(`ended with result ${result}; it starts again in ${unit.restartSeconds} s`);
      await sleep(unit.restartSeconds * 1000);
    }
    say(stopping ? 'stopped' : result === 'success' ? (unit.once ? 'exited' : 'inactive') : `failed ${result}`);
    isStarted();
    closeSync(log);
  };
  const life = live();
  const stop = async (): Promise<void> => {
    stopping = true;
    main?.kill('SIGTERM');
    const killer = setTimeout(() => main?.kill('SIGKILL'), unit.stopSeconds * 1000);
    if (main) await life;
    clearTimeout(killer);
  };
  return { unit, started, stop };
};
