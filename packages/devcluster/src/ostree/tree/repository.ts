import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../binaries/source.ts';
import { attempt, run } from '../../processes/run.ts';

/** The repository in which all trees are kept, each file once. */
const treeRepository = (): string => join(cacheFolder(), 'ostree', 'repo');

/** Makes the repository unless it is there. */
export const requireRepository = async (repository = treeRepository()): Promise<string> => {
  if (!existsSync(join(repository, 'config'))) {
    mkdirSync(repository, { recursive: true });
    await run(['ostree', `--repo=${repository}`, 'init', '--mode=bare']);
  }
  return repository;
};

/** The commit that a ref names; undefined when there is no such ref. */
export const commitOf = async (repository: string, ref: string): Promise<string | undefined> =>
  (await attempt(['ostree', `--repo=${repository}`, 'rev-parse', ref]))
    ? run(['ostree', `--repo=${repository}`, 'rev-parse', ref])
    : undefined;

/** What a commit is put together from, the later over the earlier: folders and other refs. */
export type TreePart = { dir: string } | { ref: string };

const optionOf = (part: TreePart): string => ('dir' in part ? `--tree=dir=${part.dir}` : `--tree=ref=${part.ref}`);

/** Commits a tree under a ref, and returns the commit. Files of folders belong to whom they belong there. */
export const commitTree = async (repository: string, ref: string, subject: string, parts: readonly TreePart[]): Promise<string> =>
  run(['ostree', `--repo=${repository}`, 'commit', `--branch=${ref}`, `--subject=${subject}`, ...parts.map(optionOf)]);
