import { mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Failure } from '../failure.ts';
import { dnsLabel } from './names.ts';
import type { RepositoryRequest } from './repository-request.ts';

const LENGTH = 50;

/** Name of the MigStorage of a repository: of where the bucket is, or of the plan whose folder it is. */
export const storageName = (request: RepositoryRequest, plan: string): string =>
  request.kind === 'folder'
    ? dnsLabel(plan, LENGTH)
    : dnsLabel(`${request.endpoint === undefined ? 's3' : new URL(request.endpoint).hostname}-${request.bucket}`, LENGTH);

/** The folder that is the repository of a plan when none is named: below $XDG_DATA_HOME, by default ~/.local/share. */
export const defaultRepository = (plan: string, environment: Readonly<Record<string, string | undefined>>): RepositoryRequest => ({
  kind: 'folder',
  path: join(environment.XDG_DATA_HOME || join(environment.HOME || homedir(), '.local', 'share'), 'godwit', 'repositories', plan),
});

/** Not by `recursive`, which tries for ever where a file system refuses new folders with ENOENT, as /proc does. */
const makeFolder = (path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found === undefined) makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
};

/** Creates the folder of a repository, readable for nobody else; a bucket must exist. */
export const prepareRepository = (request: RepositoryRequest): void => {
  if (request.kind === 'bucket') return;
  try {
    makeFolder(request.path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(`folder ${request.path} cannot be a repository`, { reason: 'FolderUnusable', why, next: 'another --repository' });
  }
};
