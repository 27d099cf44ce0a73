import { expect, test } from 'vitest';
import { compareManifests } from './compare-manifests.ts';
import type { FileEntry, FileManifest } from './file-manifest.ts';

const file = (changes: Partial<FileEntry> = {}): FileEntry => ({
  type: 'f',
  size: '3',
  mode: '644',
  owner: '0:0',
  modified: '1.5',
  sha256: 'aa',
  ...changes,
});
const manifest = (files: Record<string, FileEntry>): FileManifest => new Map(Object.entries(files));

test.each<[string, Record<string, FileEntry>, Record<string, FileEntry>, unknown[]]>([
  ['nothing between equal folders', { a: file() }, { a: file() }, []],
  ['a file that is missing', { a: file(), b: file() }, { a: file() }, [{ path: 'b', what: 'missing' }]],
  ['a file that came on top', { a: file() }, { a: file(), b: file() }, [{ path: 'b', what: 'extra' }]],
  [
    'altered content of the same size',
    { a: file() },
    { a: file({ sha256: 'bb' }) },
    [{ path: 'a', what: 'sha256', before: 'aa', after: 'bb' }],
  ],
  ['another mode', { a: file() }, { a: file({ mode: '755' }) }, [{ path: 'a', what: 'mode', before: '644', after: '755' }]],
  ['another owner', { a: file() }, { a: file({ owner: '33:33' }) }, [{ path: 'a', what: 'owner', before: '0:0', after: '33:33' }]],
  [
    'a time that lost its fraction',
    { a: file() },
    { a: file({ modified: '1.0' }) },
    [{ path: 'a', what: 'modified', before: '1.5', after: '1.0' }],
  ],
  [
    'a lost attribute',
    { a: file({ attributes: 'user.a=0x01' }) },
    { a: file() },
    [{ path: 'a', what: 'attributes', before: 'user.a=0x01' }],
  ],
  ['a hard link that became a file', { b: file({ sameFileAs: 'a' }) }, { b: file() }, [{ path: 'b', what: 'sameFileAs', before: 'a' }]],
  [
    'a link that leads elsewhere',
    { a: file({ linkTarget: 'x' }) },
    { a: file({ linkTarget: 'y' }) },
    [{ path: 'a', what: 'linkTarget', before: 'x', after: 'y' }],
  ],
  [
    'paths in their order',
    { b: file(), a: file() },
    {},
    [
      { path: 'a', what: 'missing' },
      { path: 'b', what: 'missing' },
    ],
  ],
])('compareManifests finds %s', (_title, before, after, differences) => {
  expect(compareManifests(manifest(before), manifest(after))).toEqual(differences);
});
