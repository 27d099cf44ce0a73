import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { withLock } from '../host/lock.ts';
import { MissingPrerequisite, requireRoot } from '../host/prerequisites.ts';
import { attempt, run } from '../processes/run.ts';
import { type Progress, step } from '../progress.ts';
import { DEBIAN_PACKAGES } from './packages.ts';

const POLICY = '/usr/sbin/policy-rc.d';
const POLICY_TEXT = '#!/bin/sh\n# Written by godwit-dev for the length of one installation: no package may start a daemon.\nexit 101\n';
const NON_INTERACTIVE = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

/** Finds which of the packages are absent in what `dpkg-query -W -f '${Package} ${Status}\n'` printed. */
export const missingPackages = (wanted: readonly string[], installed: string): string[] => {
  const present = new Set(installed.split('\n').filter((line) => line.endsWith(' install ok installed')).map((line) => line.split(' ')[0]));
  return wanted.filter((name) => !present.has(name));
};

/** Keeps package scripts from starting daemons while the work lasts; a policy that the machine has already is left alone. */
const withoutDaemons = async <T>(work: () => Promise<T>): Promise<T> => {
  if (existsSync(POLICY) && readFileSync(POLICY, 'utf8') !== POLICY_TEXT) return work();
  writeFileSync(POLICY, POLICY_TEXT, { mode: 0o755 });
  const remove = (): void => rmSync(POLICY, { force: true });
  process.once('exit', remove);
  try {
    return await work();
  } finally {
    process.off('exit', remove);
    remove();
  }
};

const aptInstall = (names: readonly string[]): Promise<string> =>
  run(['apt-get', 'install', '--yes', '--quiet', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...names], { env: NON_INTERACTIVE });

const allKnown = (names: readonly string[]): Promise<boolean> => attempt(['apt-get', 'install', '--simulate', '--no-install-recommends', ...names]);

const readInstalled = (): Promise<string> => run(['dpkg-query', '-W', '-f', '${Package} ${Status}\n']);

/** Installs the Debian packages that are not there yet, without starting any daemon; does nothing when all are. */
export const installDebianPackages = async (progress: Progress): Promise<void> => {
  if (!existsSync('/usr/bin/dpkg-query')) {
    throw new MissingPrerequisite(`Not a Debian system: dpkg-query is missing. Install by hand what these Debian packages hold: ${DEBIAN_PACKAGES.join(', ')}.`);
  }
  if (missingPackages(DEBIAN_PACKAGES, await readInstalled()).length === 0) return;
  requireRoot('installing Debian packages');
  await withLock('/var/lib/godwit/.apt.lock', async () => {
    const missing = missingPackages(DEBIAN_PACKAGES, await readInstalled());
    if (missing.length === 0) return;
    await step(progress, `Installing Debian packages: ${missing.join(' ')}`, async () => {
      if (!(await allKnown(missing))) await run(['apt-get', 'update', '--quiet', '-o', 'DPkg::Lock::Timeout=120'], { env: NON_INTERACTIVE });
      await withoutDaemons(() => aptInstall(missing));
    });
  }, progress);
};
