import { readFile } from 'node:fs/promises';
import type { HostDriver } from './driver.ts';
import { ostreeDriver } from './ostree-driver.ts';
import { type Run, runHere } from './run.ts';

/** An entered deployment: how it is seen, how commands run in it, and how its reboot is asked for. */
export type NamespaceHost = {
  /** The deployment's `/` as seen from this process. Omitted: '', this process runs inside it. */
  readonly root?: string;
  /** Runs a command inside. Omitted: as a child of this process. */
  readonly run?: Run;
  /** The program that asks what entered the deployment to end it and to enter the default one; it gets the reason. */
  readonly rebootProgram?: string;
};

const REBOOT = '/usr/libexec/godwit-reboot';

const readBootId = async (root: string): Promise<string> => {
  // Namespaces share the kernel's boot id; what enters a deployment gives each boot one of its own.
  const own = await readFile(`${root}/run/godwit-boot-id`, 'utf8').catch(() => undefined);
  return (own ?? (await readFile('/proc/sys/kernel/random/boot_id', 'utf8'))).trim();
};

/** A host whose deployment is entered in namespaces of its own: ostree sees a booted system there, with /sysroot and all guards. */
export const namespaceDriver = ({ root = '', run = runHere, rebootProgram = REBOOT }: NamespaceHost = {}): HostDriver =>
  ostreeDriver({
    tier: 'namespace',
    simulated: false,
    root,
    physicalRoot: `${root}/sysroot`,
    sysroot: '/sysroot',
    admin: [],
    run,
    commandPath: (path) => (path.startsWith(`${root}/`) ? path.slice(root.length) : path),
    markBooted: (list) => list,
    bootId: () => readBootId(root),
    makeWritable: async () => {
      await run(['mount', '/sysroot', '-o', 'remount,rw']);
    },
    removeFolder: async (folder, signal) => {
      // In a mount namespace of its own, so that nothing else gets to write to /sysroot.
      await run(['unshare', '-m', '/bin/sh', '-c', 'mount -o remount,rw /sysroot && rm -rf "$1"', 'sh', folder], { signal });
    },
    reboot: async (reason) => {
      await run([rebootProgram, reason]);
    },
  });
