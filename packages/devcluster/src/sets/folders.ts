import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where all sets keep their files: `$GODWIT_STATE_DIR`, else /var/lib/godwit for root and `$XDG_STATE_HOME/godwit` for others. */
export const stateRoot = (env: NodeJS.ProcessEnv = process.env, uid = process.getuid?.()): string => {
  if (env.GODWIT_STATE_DIR) return env.GODWIT_STATE_DIR;
  return uid === 0 ? '/var/lib/godwit' : join(env.XDG_STATE_HOME || join(homedir(), '.local/state'), 'godwit');
};

const SET_ID = /^[a-z][a-z0-9-]{0,23}$/;

/** Refuses ids that could not name namespaces, cgroups and folders. */
export const requireName = (what: string, name: string): string => {
  if (!SET_ID.test(name))
    throw new Error(`${what} ${JSON.stringify(name)} is refused: use up to 24 lower-case letters, digits and dashes, a letter first`);
  return name;
};

/** The folder of a set; everything the set writes lies below it. */
export const setFolder = (id: string): string => join(stateRoot(), id);

/** The folder of one cluster of a set. */
export const clusterFolder = (id: string, cluster: string): string => join(setFolder(id), cluster);

/** The lock that every change to a set takes. */
export const setLock = (id: string): string => join(stateRoot(), `.${id}.lock`);

/** The lock under which a new set chooses what must be unique on the machine. */
export const machineLock = (): string => join(stateRoot(), '.machine.lock');

/** Ids of all sets that have a folder, running or not. */
export const knownSets = (): string[] => {
  const root = stateRoot();
  return existsSync(root)
    ? readdirSync(root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && SET_ID.test(entry.name))
        .map(({ name }) => name)
    : [];
};
