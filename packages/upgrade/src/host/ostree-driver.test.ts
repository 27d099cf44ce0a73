import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@godwit/controller';
import { expect, test } from 'vitest';
import { within } from '../journal/step.ts';
import type { HostDriver } from './driver.ts';
import { ostreeDriver } from './ostree-driver.ts';
import { type Run, runHere } from './run.ts';

const CHECKSUM = 'a'.repeat(64);
const STATEROOT = 'rhcos_4.21.0';
const old = { index: 1, stateroot: STATEROOT, checksum: CHECKSUM, serial: 0, booted: false };
const STATUS = `* rhcos ${'b'.repeat(64)}.0\n  ${STATEROOT} ${CHECKSUM}.0\n`;

/** An ostree that another one keeps from all it is to do: it lists deployments, and else waits for the lock until it is ended. */
const locked: Run = async (argv, options) => (argv.includes('status') ? STATUS : runHere(['sleep', '1000'], options));

const hostWith = (folder: string): HostDriver =>
  ostreeDriver({
    tier: 'sysroot',
    simulated: true,
    root: folder,
    physicalRoot: folder,
    sysroot: folder,
    admin: [],
    run: locked,
    commandPath: (path) => path,
    markBooted: (list) => list,
    bootId: async () => '',
    makeWritable: async () => {},
    removeFolder: async () => {},
    reboot: async () => {},
  });

const { signal: never } = new AbortController();

test.each<[string, (host: HostDriver, signal: AbortSignal) => Promise<unknown>]>([
  ['making a stateroot', (host, signal) => host.initStateroot('another', signal)],
  ['taking over a commit', (host, signal) => host.pullCommit('/repo', CHECKSUM, signal)],
  ['exporting a commit', (host, signal) => host.exportCommit(CHECKSUM, '/repo', signal)],
  ['deploying', (host, signal) => host.deploy({ stateroot: STATEROOT, checksum: 'c'.repeat(64), kernelArguments: [] }, signal)],
  ['undeploying', (host, signal) => host.undeploy(old, signal)],
  ['removing a stateroot', (host, signal) => host.removeStateroot('left', signal)],
  ['freeing what nobody needs', (host, signal) => host.prune(signal)],
])('%s ends with its time, although ostree waits for a lock', async (_title, call) => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-locked-'));
  mkdirSync(join(folder, 'ostree/deploy/left'), { recursive: true });
  const host = hostWith(folder);
  await expect(within(systemClock, 0.2, never, (signal) => call(host, signal))).rejects.toThrow('it took longer than 0.2 seconds');
});
