import { existsSync } from 'node:fs';
import { run } from '../processes/run.ts';

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const FORMAT = '$(REPO_URI) $(RELEASE) $(COMPONENT)';

const readTargets = (): Promise<string> => run(['apt-get', 'indextargets', '--format', FORMAT, 'Created-By: Packages', 'Origin: Debian']);

/** Turns lines of `URI release component` into lines of a sources.list, each once. */
export const sourceLines = (targets: string, keyring?: string): string[] => {
  const option = keyring ? `[signed-by=${keyring}] ` : '';
  return [...new Set(targets.split('\n').filter(Boolean))].sort().map((target) => `deb ${option}${target}`);
};

/** The Debian archives that this machine installs from, as lines of a sources.list; fetches apt's lists when there are none yet. */
export const debianSources = async (): Promise<string[]> => {
  const keyring = existsSync(KEYRING) ? KEYRING : undefined;
  const known = sourceLines(await readTargets(), keyring);
  if (known.length > 0) return known;
  await run(['apt-get', 'update', '--quiet', '-o', 'DPkg::Lock::Timeout=120']);
  const fetched = sourceLines(await readTargets(), keyring);
  if (fetched.length === 0)
    throw new Error('apt knows no Debian archive on this machine. Add one to /etc/apt/sources.list, then run apt-get update.');
  return fetched;
};
