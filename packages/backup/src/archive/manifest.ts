import { basename } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import type { Stored } from './upload.ts';

/** The checksums of a backup: SHA-256 (hex) of every archive entry by path, and of every file by name. */
export type Manifest = {
  version: 1;
  entries: Record<string, string>;
  files: Record<string, { sha256: string; bytes: number }>;
};

/** Writes a manifest while the archive is written, so that no list of entries is held in memory. */
export const manifestWriter = (): {
  stream: Readable;
  entry: (path: string, sha256: string) => void;
  finish: (files: readonly Stored[]) => void;
} => {
  const stream = new PassThrough({ highWaterMark: 1 << 20 });
  let separator = '{"version":1,"entries":{';
  return {
    stream,
    entry: (path, sha256) => {
      stream.write(`${separator}${JSON.stringify(path)}:"${sha256}"`);
      separator = ',\n';
    },
    finish: (files) => {
      const list = Object.fromEntries(files.map(({ key, sha256, bytes }) => [basename(key), { sha256, bytes }]));
      stream.end(`},"files":${JSON.stringify(list)}}\n`);
    },
  };
};

/** Compares what an archive holds with its manifest; names every entry that was changed, is missing or was added. */
export const manifestProblems = (manifest: Manifest, found: ReadonlyMap<string, string>): string[] => {
  const changed = [...found].flatMap(([path, sha256]) => {
    const expected = manifest.entries[path];
    if (expected === undefined) return [`${path} was added`];
    return expected === sha256 ? [] : [`${path} was changed`];
  });
  const missing = Object.keys(manifest.entries).filter((path) => !found.has(path));
  return [...changed, ...missing.map((path) => `${path} is missing`)].sort();
};
