import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Deployment, HostDriver } from '../host/driver.ts';
import { CleanupError, type CleanupStep } from './cleanup-step.ts';

/** Code of the finding about a stateroot that could not be removed. */
const STATEROOT_NOT_REMOVED = 'StaterootNotRemoved';

/**
 * The deployment to take away next, the last one first so that the numbers of the others stay. Whatever lies in the booted stateroot is left
 * alone, and so are `spared` stateroots. Throws when nothing is booted: then nothing can be told apart. Pure.
 */
export const nextToUndeploy = (deployments: readonly Deployment[], spared: ReadonlySet<string> = new Set()): Deployment | undefined => {
  const booted = deployments.find((each) => each.booted);
  if (booted === undefined) throw new CleanupError('no deployment is booted, so nothing is removed. Look at `ostree admin status`');
  return deployments
    .filter(({ stateroot }) => stateroot !== booted.stateroot && !spared.has(stateroot))
    .sort((a, b) => b.index - a.index)[0];
};

const undeploy = async (host: HostDriver, deployment: Deployment, signal: AbortSignal): Promise<void> => {
  await host.undeploy(deployment, signal);
  const { stateroot, checksum, serial } = deployment;
  const now = await host.listDeployments();
  if (now.some((each) => each.stateroot === stateroot && each.checksum === checksum && each.serial === serial))
    throw new Error(`its deployment ${checksum}.${serial} is still listed after it was taken away`);
};

type Failures = Map<string, unknown>;

const undeployAll = async (host: HostDriver, signal: AbortSignal): Promise<Failures> => {
  const failures: Failures = new Map();
  for (;;) {
    signal.throwIfAborted();
    const next = nextToUndeploy(await host.listDeployments(), new Set(failures.keys()));
    if (next === undefined) return failures;
    await undeploy(host, next, signal).catch((error: unknown) => failures.set(next.stateroot, error));
  }
};

const foldersOf = async (host: HostDriver): Promise<string[]> => {
  const entries = await readdir(dirname(host.staterootPath('any')), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
};

/** The list is read again right before each folder goes: it may have changed since (G-I15). */
const removeEmpty = async (host: HostDriver, stateroot: string, signal: AbortSignal): Promise<void> => {
  const now = await host.listDeployments();
  const deployed = now.find((each) => each.stateroot === stateroot);
  if (deployed !== undefined) throw new Error(`${deployed.checksum}.${deployed.serial} is deployed in it`);
  await host.removeStateroot(stateroot, signal);
};

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const finding = ([stateroot, error]: [string, unknown]) => ({
  code: STATEROOT_NOT_REMOVED,
  severity: 'Error' as const,
  object: `stateroot ${stateroot}`,
  message: `The stateroot ${stateroot} could not be removed: ${textOf(error)}`,
  remediation: `unshare -m /bin/sh -c "mount -o remount,rw /sysroot && rm -rf /sysroot/ostree/deploy/${stateroot}", then kubectl annotate ibu upgrade lca.openshift.io/manual-cleanup-done=`,
});

const removeStateroots = async (host: HostDriver, signal: AbortSignal): Promise<void> => {
  const booted = (await host.listDeployments()).find((each) => each.booted)?.stateroot;
  const failures = await undeployAll(host, signal);
  for (const stateroot of await foldersOf(host))
    if (stateroot !== booted && !failures.has(stateroot))
      await removeEmpty(host, stateroot, signal).catch((error: unknown) => failures.set(stateroot, error));
  if (failures.size > 0) throw new CleanupError(`failed to remove ${failures.size} stateroots`, [...failures].map(finding));
  await host.prune(signal);
};

/** Takes away every stateroot but the booted one, first their deployments, then their folders. */
export const removeUnbootedStateroots: CleanupStep = {
  name: 'RemoveStateroots',
  description: 'Removing the stateroots that are not booted',
  limitSeconds: 1800,
  codes: [STATEROOT_NOT_REMOVED],
  run: ({ host }, signal) => removeStateroots(host, signal),
};
