import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HostDriver } from '../src/host/driver.ts';
import { namespaceDriver } from '../src/host/namespace.ts';
import { runBehind } from '../src/host/run.ts';
import { bootEntries } from './sysroot.ts';

/** A deployment that is entered in namespaces of its own, and the driver for it. */
export type Entered = { readonly driver: HostDriver; leave(): Promise<void> };

const SCRIPT = fileURLToPath(new URL('./enter.sh', import.meta.url));

const firstChild = (pid: number): number => Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

/** Enters the deployment that boots next. A reboot that the driver asks for is the test's to carry out. */
export const enter = async (folder: string): Promise<Entered> => {
  const [next] = bootEntries(folder);
  if (next === undefined) throw new Error(`${folder} has no boot entry`);
  const argv = ['-m', '-p', '-f', '--kill-child', 'sh', SCRIPT, folder, next.stateroot, next.folder, randomUUID()];
  const child = spawn('unshare', argv, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const failed = once(child, 'exit').then(() => Promise.reject(new Error(`entering ${next.folder} failed: ${said}`)));
  await Promise.race([once(child.stdout, 'data'), failed]);
  failed.catch(() => {});
  const pid = firstChild(child.pid ?? 0);
  const inside = runBehind(['nsenter', `--target=${pid}`, '--mount', '--pid', '--root', '--wd']);
  return {
    driver: namespaceDriver({ root: `/proc/${pid}/root`, run: inside, rebootProgram: '/bin/true' }),
    leave: async () => {
      const gone = once(child, 'exit');
      process.kill(pid, 'SIGKILL');
      await gone;
    },
  };
};
