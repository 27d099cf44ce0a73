import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runHere } from '../src/host/run.ts';

/** A system small enough to be made in no time: its version, and more files by path. */
export type TinyTree = { readonly version: string; readonly files?: Readonly<Record<string, string>> };

const LINKS = { bin: 'usr/bin', lib: 'usr/lib', lib64: 'usr/lib64', sbin: 'usr/sbin', ostree: 'sysroot/ostree', opt: 'var/opt' };

const filesOf = ({ version, files = {} }: TinyTree): Record<string, string> => ({
  'usr/lib/modules/6.1.0-tiny/vmlinuz': `kernel of ${version}`,
  'usr/lib/modules/6.1.0-tiny/initramfs.img': 'initramfs',
  'usr/lib/os-release': `NAME=Tiny\nPRETTY_NAME="Tiny ${version}"\nID=tiny\nVERSION_ID="${version}"\n`,
  'usr/etc/motd': 'welcome\n',
  'usr/etc/fstab': '',
  ...files,
});

/** Writes the files of a system that ostree deploys. */
export const writeTree = (folder: string, tree: TinyTree): string => {
  for (const each of ['boot', 'dev', 'proc', 'run', 'sys', 'sysroot', 'tmp', 'var']) mkdirSync(join(folder, each), { recursive: true });
  for (const [link, target] of Object.entries(LINKS)) symlinkSync(target, join(folder, link));
  for (const [path, text] of Object.entries(filesOf(tree))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
};

/** Commits a tree to a repository under seed/<version> and returns the commit. */
export const commitTree = async (repository: string, folder: string, version: string): Promise<string> =>
  (await runHere(['ostree', `--repo=${repository}`, 'commit', '-b', `seed/${version}`, '-s', version, `--tree=dir=${folder}`])).trim();

/** Makes a repository of its own that holds one system, as a seed brings it. */
export const seedRepository = async (folder: string, tree: TinyTree): Promise<{ repository: string; checksum: string }> => {
  const repository = join(folder, 'repo');
  mkdirSync(repository, { recursive: true });
  await runHere(['ostree', `--repo=${repository}`, 'init', '--mode=bare']);
  const checksum = await commitTree(repository, writeTree(join(folder, 'tree'), tree), tree.version);
  return { repository, checksum };
};
