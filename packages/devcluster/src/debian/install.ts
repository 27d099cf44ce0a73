import { existsSync } from 'node:fs';
import { withLock } from '../host/lock.ts';
import { MissingPrerequisite, requireRoot } from '../host/prerequisites.ts';
import { isPresent } from '../host/search-path.ts';
import { attempt, run } from '../processes/run.ts';
import { type Progress, step } from '../progress.ts';
import { DEBIAN_PACKAGES, type DebianPackage } from './packages.ts';
import { POLICY, removePolicy, withoutDaemons } from './policy.ts';

const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
const WAIT_FOR_LOCK = ['-o', 'DPkg::Lock::Timeout=120'];

/** Names of the packages whose files are absent. */
export const missingPackages = (wanted: readonly DebianPackage[], present: (file: string) => boolean = isPresent): string[] =>
  wanted.filter(({ brings }) => !present(brings)).map(({ name }) => name);

/** `--no-remove`: rather fail than take away what somebody else installed in place of a package. */
const install = (names: readonly string[], ...flags: string[]): string[] => [
  'apt-get',
  'install',
  '--yes',
  '--quiet',
  '--no-install-recommends',
  '--no-remove',
  ...flags,
  ...names,
];

const installMissing = async (missing: readonly string[]): Promise<void> => {
  await withoutDaemons(async () => {
    await run(['dpkg', '--configure', '-a'], { env });
    if (!(await attempt(install(missing, '--simulate')))) await run(['apt-get', 'update', '--quiet', ...WAIT_FOR_LOCK], { env });
    await run(install(missing, ...WAIT_FOR_LOCK), { env });
  });
};

/** Installs the Debian packages whose files are not there yet, without starting any daemon; does nothing when all are. */
export const installDebianPackages = async (progress: Progress, wanted: readonly DebianPackage[] = DEBIAN_PACKAGES): Promise<void> => {
  const missing = missingPackages(wanted);
  if (missing.length === 0 && !existsSync(POLICY)) return;
  if (missing.length > 0 && !isPresent('apt-get')) {
    throw new MissingPrerequisite(
      `Not a Debian system: apt-get is missing. Install by hand what these Debian packages hold: ${missing.join(', ')}.`,
    );
  }
  requireRoot('installing Debian packages');
  const work = async (): Promise<void> => {
    removePolicy();
    const left = missingPackages(wanted);
    if (left.length > 0) await step(progress, `Installing Debian packages: ${left.join(' ')}`, () => installMissing(left));
  };
  await withLock('/var/lib/godwit/.apt.lock', work, progress);
};
