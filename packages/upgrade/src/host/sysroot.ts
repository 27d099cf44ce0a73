import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment, HostDriver } from './driver.ts';
import { isSame } from './guard.ts';
import { HostError } from './host-error.ts';
import { ostreeDriver } from './ostree-driver.ts';
import { type Run, runHere } from './run.ts';

/** What the simulation remembers: which deployment it says is booted, and in which boot. */
type Told = { readonly bootId: string; readonly booted: Deployment | undefined; readonly reasons: readonly string[] };

const readTold = (path: string): Told => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Told;
  } catch {
    return { bootId: 'simulated-0', booted: undefined, reasons: [] };
  }
};

/** Shows the booted stateroot's /var as the host's /var, as on a host. */
const showVar = (root: string, stateroot: string): void => {
  const fresh = join(root, `.var-${randomUUID()}`);
  symlinkSync(`../../ostree/deploy/${stateroot}/var`, fresh);
  if (lstatSync(join(root, 'var'), { throwIfNoEntry: false })?.isDirectory()) rmSync(join(root, 'var'), { recursive: true });
  renameSync(fresh, join(root, 'var'));
};

/**
 * A host that is only a folder with an ostree sysroot: real stateroots, commits and deployments, nothing that runs.
 * Which deployment is booted is told by a small file, and a reboot only changes that file: this host is simulated.
 */
export const sysrootDriver = (folder: string, run: Run = runHere): HostDriver => {
  const own = join(folder, '.godwit');
  const root = join(own, 'root');
  const state = join(own, 'boot.json');
  mkdirSync(join(root, 'var'), { recursive: true });
  const tell = (told: Told): void => {
    writeFileSync(`${state}.new`, JSON.stringify(told));
    renameSync(`${state}.new`, state);
    if (told.booted) showVar(root, told.booted.stateroot);
  };
  const driver: HostDriver = ostreeDriver({
    tier: 'sysroot',
    simulated: true,
    root,
    physicalRoot: folder,
    sysroot: folder,
    admin: [`--sysroot=${folder}`],
    run,
    commandPath: (path) => path,
    markBooted: (list) => {
      const { booted } = readTold(state);
      return list.map((each) => ({ ...each, booted: booted !== undefined && isSame(each, booted) }));
    },
    bootId: async () => readTold(state).bootId,
    makeWritable: async () => {},
    removeFolder: (path) => rm(path, { recursive: true, force: true }),
    reboot: async (reason) => {
      const [next] = await driver.listDeployments();
      if (next === undefined) throw new HostError('Nothing is deployed that could boot', 'Deploy a commit first');
      tell({ bootId: `simulated-${randomUUID()}`, booted: next, reasons: [...readTold(state).reasons, reason] });
    },
  });
  return driver;
};
