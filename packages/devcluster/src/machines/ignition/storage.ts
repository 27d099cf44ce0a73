import { chmodSync, chownSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import type { DirectoryEntry, FileEntry, LinkEntry } from './config.ts';
import { type Fetch, readContents } from './contents.ts';
import { placeIn } from './place.ts';
import { BootstrapRefused } from './refused.ts';
import type { Resolved } from './resolve.ts';

type Owned = Pick<FileEntry, 'path' | 'user' | 'group'>;

const numberOf = (owner: Owned['user'], path: string): number => {
  if (typeof owner?.id === 'number') return owner.id;
  if (owner?.name && owner.name !== 'root')
    throw new BootstrapRefused(`${path} is to belong to ${owner.name}; local machines know only root`);
  return 0;
};

const own = (target: string, { path, user, group }: Owned): void => chownSync(target, numberOf(user, path), numberOf(group, path));

const makeRoom = (target: string, { path, overwrite }: Pick<FileEntry, 'path' | 'overwrite'>): void => {
  if (!lstatSync(target, { throwIfNoEntry: false })) return;
  if (!overwrite) throw new BootstrapRefused(`${path} exists on the machine; set overwrite: true to replace it`);
  rmSync(target, { recursive: true, force: true });
};

const writeDirectory = (root: string, entry: DirectoryEntry): void => {
  const target = placeIn(root, entry.path);
  if (entry.overwrite) makeRoom(target, entry);
  if (!lstatSync(target, { throwIfNoEntry: false })) mkdirSync(target);
  if (!lstatSync(target).isDirectory()) throw new BootstrapRefused(`${entry.path} exists on the machine and is not a directory`);
  chmodSync(target, entry.mode ?? 0o755);
  own(target, entry);
};

const writeLink = (root: string, entry: LinkEntry): void => {
  if (entry.hard) throw new BootstrapRefused(`${entry.path} is to be a hard link; local machines make symbolic ones only`);
  const target = placeIn(root, entry.path);
  makeRoom(target, entry);
  symlinkSync(entry.target ?? '', target);
};

/** What was read for a file before anything is written: undefined keeps the contents of a file that exists. */
type Filled = FileEntry & { bytes: Buffer | undefined };

const writeFile = (root: string, entry: Filled): void => {
  const target = placeIn(root, entry.path);
  const exists = lstatSync(target, { throwIfNoEntry: false })?.isFile() ?? false;
  if (entry.bytes !== undefined || !exists) {
    makeRoom(target, entry);
    writeFileSync(target, entry.bytes ?? '', { flag: 'wx', mode: 0o600 });
  }
  if (!exists || entry.mode != null) chmodSync(target, entry.mode ?? 0o644);
  own(target, entry);
};

const fill = async (entry: FileEntry, fetch: Fetch, authorities: readonly string[]): Promise<Filled> => {
  if (entry.append && entry.append.length > 0)
    throw new BootstrapRefused(`${entry.path} is to be appended to; local machines only write whole files`);
  const { contents } = entry;
  return { ...entry, bytes: contents?.source == null ? undefined : await readContents(contents, fetch, authorities) };
};

const depth = ({ path }: { path: string }): number => path.split('/').length;

/** Writes directories, files and links into a machine's root folder; everything is read first, so that what cannot be read leaves nothing half written. */
export const writeStorage = async (root: string, wanted: Omit<Resolved, 'units'>, fetch: Fetch): Promise<void> => {
  const files = await Promise.all(wanted.files.map((entry) => fill(entry, fetch, wanted.authorities)));
  for (const entry of wanted.directories.toSorted((one, other) => depth(one) - depth(other))) writeDirectory(root, entry);
  for (const entry of files) writeFile(root, entry);
  for (const entry of wanted.links) writeLink(root, entry);
};
