import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.ts';
import { makeFolder } from '../make-folder.ts';
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
