import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import type { KubeObject } from '@godwit/kube';
import { extract, type Header } from 'tar-stream';
import { sha256 } from './digest.ts';
import { type EntryName, parseEntryPath } from './entry-path.ts';

/** An object in an opened archive. */
export type ArchiveItem = EntryName & { readonly offset: number; readonly length: number };

/** An archive whose objects lie in a scratch file, so that they can be read in any order in bounded memory. */
export type Archive = {
  readonly items: readonly ArchiveItem[];
  /** SHA-256 (hex) of every entry by path. */
  readonly checksums: ReadonlyMap<string, string>;
  /** The text of `metadata/version`, undefined when there is none. */
  readonly formatVersion: string | undefined;
  /** Reads one object; throws when it cannot be decoded. */
  read(item: ArchiveItem): Promise<KubeObject>;
  close(): Promise<void>;
};

/** How much an archive may hold before it is refused. */
export type ArchiveLimits = { entries: number; entryBytes: number; totalBytes: number };

const LIMITS: ArchiveLimits = { entries: 4_000_000, entryBytes: 64 * 2 ** 20, totalBytes: 64 * 2 ** 30 };

/** An archive that no honest writer makes: paths out of it, links, devices, or more than the limits. */
export class InvalidArchiveError extends Error {
  override readonly name = 'InvalidArchiveError';
}

const refuse = (why: string): never => {
  throw new InvalidArchiveError(`Invalid archive: ${why}. Nothing was restored; take another backup.`);
};

const checkEntry = ({ name, type, size = 0 }: Header, limits: ArchiveLimits): void => {
  // A backslash is no separator: names of roles may hold one.
  const leaves = name.startsWith('/') || name.split('/').includes('..') || name.includes('\0');
  if (leaves) refuse(`the path ${JSON.stringify(name)} leaves the archive`);
  if (type !== 'file' && type !== 'directory' && type !== 'contiguous-file') refuse(`${name} is a ${type}`);
  if (size > limits.entryBytes) refuse(`${name} has ${size} bytes, at most ${limits.entryBytes} are read`);
};

const openScratch = async (folder: string) => {
  const path = join(folder, `godwit-archive-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path); // the file lives as long as it is open, whatever happens to the process
  return file;
};

type Tar = AsyncIterable<Readable & { header: Header }>;

/** Reads an archive once: checks every entry, keeps the objects, and computes checksums. */
export const openArchive = async (
  body: Readable,
  { folder = tmpdir(), limits = LIMITS, signal }: { folder?: string; limits?: ArchiveLimits; signal?: AbortSignal | undefined } = {},
): Promise<Archive> => {
  const scratch = await openScratch(folder);
  const items: ArchiveItem[] = [];
  const checksums = new Map<string, string>();
  let formatVersion: string | undefined;
  let offset = 0;
  let total = 0;

  const take = async (path: string, content: Buffer): Promise<void> => {
    if (checksums.size >= limits.entries) refuse(`it has more than ${limits.entries} entries`);
    total += content.length;
    if (total > limits.totalBytes) refuse(`it holds more than ${limits.totalBytes} bytes`);
    if (checksums.has(path)) refuse(`${path} is in it twice`);
    checksums.set(path, sha256(content));
    if (path === 'metadata/version') formatVersion = content.toString().trim();
    const entry = parseEntryPath(path);
    if (!entry) return;
    await scratch.write(content, 0, content.length, offset);
    items.push({ ...entry, offset, length: content.length });
    offset += content.length;
  };

  try {
    const unzipped = createGunzip();
    body.once('error', (error) => unzipped.destroy(error));
    const tar = extract();
    unzipped.once('error', (error) => tar.destroy(error));
    body.pipe(unzipped).pipe(tar);
    for await (const entry of tar as unknown as Tar) {
      signal?.throwIfAborted();
      checkEntry(entry.header, limits);
      const content = await buffer(entry);
      if (entry.header.type !== 'directory') await take(entry.header.name, content);
    }
  } catch (error) {
    body.destroy();
    await scratch.close();
    throw error;
  }
  return {
    items,
    checksums,
    formatVersion,
    read: async (item) => {
      const content = Buffer.alloc(item.length);
      await scratch.read(content, 0, item.length, item.offset);
      return JSON.parse(content.toString()) as KubeObject;
    },
    close: () => scratch.close(),
  };
};
