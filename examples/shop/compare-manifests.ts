import type { FileEntry, FileManifest } from './file-manifest.ts';

/** One thing that is not the same: a whole file, or one property of it. */
export type Difference = { path: string; what: 'missing' | 'extra' | keyof FileEntry; before?: string; after?: string };

const PROPERTIES: readonly (keyof FileEntry)[] = [
  'type',
  'size',
  'mode',
  'owner',
  'modified',
  'linkTarget',
  'sameFileAs',
  'attributes',
  'sha256',
];

const compareEntries = (path: string, before: FileEntry, after: FileEntry): Difference[] =>
  PROPERTIES.filter((what) => before[what] !== after[what]).map((what) => ({
    path,
    what,
    ...(before[what] === undefined ? {} : { before: before[what] }),
    ...(after[what] === undefined ? {} : { after: after[what] }),
  }));

/** Lists everything that a copy did not keep, or added, in the order of the paths. */
export const compareManifests = (before: FileManifest, after: FileManifest): Difference[] => {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths.flatMap((path): Difference[] => {
    const [old, now] = [before.get(path), after.get(path)];
    if (!now) return [{ path, what: 'missing' }];
    return old ? compareEntries(path, old, now) : [{ path, what: 'extra' }];
  });
};
