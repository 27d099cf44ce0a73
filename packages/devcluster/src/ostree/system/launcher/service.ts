import type { ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from './program.ts';
import { runUnit } from './run-unit.ts';
import type { Unit } from './unit.ts';

/** Folders in which services write what they print (`NAME.log`), and in which the launcher says how they are (`NAME`). */
export type ServicePlaces = { logs: string; states: string };

/** A unit that is started and watched over. */
export type Service = {
  unit: Unit;
  /** Settles when those who come after it may start. */
  started: Promise<void>;
  /** Ends it for good: SIGTERM to its main process, SIGKILL after its time. */
  stop(): Promise<void>;
};

/** Whether a unit that has ended is started again by itself. One that runs once is done when it succeeded. */
export const startsAgain = ({ once, restart }: Pick<Unit, 'once' | 'restart'>, result: Result): boolean =>
  restart !== 'no' && (result !== 'success' || (restart === 'always' && !once));

const finalState = ({ once }: Unit, result: Result, stopped: boolean): string => {
  if (stopped) return 'stopped';
  if (result !== 'success') return `failed ${result}`;
  return once ? 'exited' : 'inactive';
};

/** Starts a unit as soon as `ready` settles, and again as often as it says. */
export const startService = (unit: Unit, ready: Promise<unknown>, { logs, states }: ServicePlaces): Service => {
  const { promise: started, resolve: isStarted } = Promise.withResolvers<void>();
  const now: { stopping: boolean; main?: ChildProcess | undefined } = { stopping: false };
  for (const folder of [logs, states]) mkdirSync(folder, { recursive: true });
  const output = openSync(join(logs, `${unit.name}.log`), 'a');
  const say = (state: string): void => writeFileSync(join(states, unit.name), `${state}\n`);
  const note = (text: string): void => void writeSync(output, `launcher: ${text}\n`);
  const hold = (child: ChildProcess | undefined): void => {
    now.main = child;
    if (now.stopping) child?.kill('SIGTERM');
  };
  const works = (): void => {
    say('active');
    isStarted();
  };
  const runOnce = (): Promise<Result> =>
    runUnit(unit, { output, hold }, works).catch((error: unknown) => {
      note(String(error));
      return 'resources';
    });
  const live = async (): Promise<void> => {
    await ready;
    let result: Result = 'success';
    while (!now.stopping) {
      say('activating');
      result = await runOnce();
      if (now.stopping || !startsAgain(unit, result)) break;
      note(`ended with result ${result}; it starts again in ${unit.restartSeconds} s`);
      await sleep(unit.restartSeconds * 1000);
    }
    say(finalState(unit, result, now.stopping));
    closeSync(output);
    isStarted();
  };
  const life = live();
  const stop = async (): Promise<void> => {
    now.stopping = true;
    if (!now.main) return;
    now.main.kill('SIGTERM');
    const killer = setTimeout(() => now.main?.kill('SIGKILL'), unit.stopSeconds * 1000);
    // What tidies up after it gets its time too, and no more.
    await Promise.race([life, sleep(unit.stopSeconds * 2000, undefined, { ref: false })]);
    clearTimeout(killer);
  };
  return { unit, started, stop };
};
