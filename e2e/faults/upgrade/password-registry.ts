import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { until } from '../../support/until.ts';
import type { UpgradeSet } from '../../support/upgrade/upgrade-set.ts';
import { FOLDER } from './stage.ts';

const PORT = 5001;

/** The registry as nodes name it. */
export const GUARDED_REGISTRY = `registry.godwit.local:${PORT}`;

/** What it wants to hear. */
export const PASSWORD = { user: 'prep', password: 'open-sesame' } as const;

// The password above, as the registry keeps it.
const USER = 'prep:$2b$05$abcdefghijklmnopqrstuutXu9KzOt.1yBoZUeFWoT/914/JfszCO\n';

const folderOf = ({ authorityPath }: UpgradeSet): string => dirname(dirname(authorityPath));

/** Where the registry of a set keeps a blob. */
export const blobPath = (set: UpgradeSet, digest: string): string => {
  const hex = digest.replace('sha256:', '');
  return join(folderOf(set), 'registry/docker/registry/v2/blobs/sha256', hex.slice(0, 2), hex, 'data');
};

/** Serves the images of a set's registry a second time, to those who know the password. */
export const startGuardedRegistry = async (set: UpgradeSet): Promise<{ stop(): Promise<void> }> => {
  const [folder, addr] = [folderOf(set), `${set.registry.split(':')[0]}:${PORT}`];
  const [htpasswd, configuration] = ['htpasswd', 'guarded-registry.yaml'].map((name) => resolve(FOLDER, name)) as [string, string];
  writeFileSync(htpasswd, USER, { mode: 0o600 });
  const tls = { certificate: join(folder, 'serving/public.crt'), key: join(folder, 'serving/private.key') };
  const text = stringify({
    version: '0.1',
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
    http: { addr, tls },
    auth: { htpasswd: { realm: 'faults', path: htpasswd } },
  });
  writeFileSync(configuration, text);
  const child = spawn('docker-registry', ['serve', configuration], { stdio: 'ignore' });
  await until('the guarded registry', 30, async () => {
    await fetch(`http://${addr}/`); // it speaks TLS, and says so in plain text
    return true;
  });
  return {
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
