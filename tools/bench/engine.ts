import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FOLDER } from './stage.ts';

const PROGRAM = fileURLToPath(new URL('engine-process.ts', import.meta.url));

/** As packages/cli/bin/godwit starts the operator: it decides how much memory the young generation may take. */
const NODE_OPTIONS = ['--max-semi-space-size=4'];

/** A running operator of one control plane. */
export type Engine = {
  /** ConfigMaps and Secrets that it watches. */
  watched: number;
  /** Resident memory now, and the most there was, in MB (10⁶ bytes). */
  memory(): { now: number; peak: number };
  stop(): Promise<void>;
};

const kibibytes = (status: string, name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);

/** Starts the operator as a process and returns when it watches everything. */
export const startEngine = async (kubeconfigPath: string): Promise<Engine> => {
  const engine = spawn(process.execPath, [...NODE_OPTIONS, PROGRAM, kubeconfigPath], { stdio: ['ignore', 'pipe', 'pipe'] });
  engine.stderr.pipe(createWriteStream(`${FOLDER}/engine.log`));
  const ended = once(engine, 'exit');
  const lines = createInterface({ input: engine.stdout });
  let watched: number | undefined;
  for await (const line of lines) {
    const count = /^watching (\d+)$/.exec(line)?.[1];
    if (count === undefined) continue;
    watched = Number(count);
    break;
  }
  if (watched === undefined) throw new Error(`the operator ended before it watched anything; see ${FOLDER}/engine.log`);
  engine.stdout.resume();
  return {
    watched,
    memory: () => {
      const status = readFileSync(`/proc/${engine.pid}/status`, 'utf8');
      return { now: (kibibytes(status, 'VmRSS') * 1024) / 1e6, peak: (kibibytes(status, 'VmHWM') * 1024) / 1e6 };
    },
    stop: async () => {
      engine.kill();
      await ended;
    },
  };
};
