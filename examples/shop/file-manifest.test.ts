import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareManifests } from './compare-manifests.ts';
import { type FileManifest, parseFileManifest } from './file-manifest.ts';

const ROW = ['', 'd', '4096', '755', '0:0', '1.0', '', '1'];
const SUM = 'a'.repeat(64);

const printed = (attributes: string, ...paths: string[]): string => {
  const rows = [ROW, ...paths.map((path, index) => [path, 'f', '3', '644', '0:0', '1.5', '', String(index + 2)])];
  const properties = rows.flatMap(([path, type, size, mode, owner = '', ...more]) => [
    path,
    type,
    size,
    mode,
    ...owner.split(':'),
    ...more,
  ]);
  return `${properties.join('\0')}\0\0attributes\0${attributes}\0checksums\0${paths.map((path) => `${SUM}  ./${path}\0`).join('')}`;
};

test('a file gets its properties, attributes and checksum', () => {
  expect(parseFileManifest(printed('# file: a\nuser.z=0x02\nuser.b=0x01\n\n', 'a')).get('a')).toEqual({
    type: 'f',
    size: '3',
    mode: '644',
    owner: '0:0',
    modified: '1.5',
    attributes: 'user.b=0x01 user.z=0x02',
    sha256: SUM,
  });
});

test('the size of a folder is left out', () => {
  expect(parseFileManifest(printed('', 'a')).get('')).toEqual({ type: 'd', mode: '755', owner: '0:0', modified: '1.0' });
});

test.each([
  ['a line break', 'new\nline', '# file: new\\012line\nuser.a=0x01\n\n'],
  ['a backslash', 'back\\slash', '# file: back\\134slash\nuser.a=0x01\n\n'],
  ['a name of the format', 'attributes', '# file: attributes\nuser.a=0x01\n\n'],
])('attributes and checksum find a file whose name holds %s', (_title, path, attributes) => {
  expect(parseFileManifest(printed(attributes, path)).get(path)).toMatchObject({ attributes: 'user.a=0x01', sha256: SUM });
});

const folder = mkdtempSync(join(tmpdir(), 'shop-files-'));
const tools = mkdtempSync(join(tmpdir(), 'shop-tools-'));
const read = (): FileManifest =>
  parseFileManifest(
    execFileSync('bash', [join(import.meta.dirname, 'scripts/files.sh'), folder], {
      env: { ...process.env, PATH: `${tools}:${process.env.PATH}` },
    }).toString(),
  );

beforeAll(() => {
  // The script is run without the package `attr`, which a development machine need not have.
  writeFileSync(join(tools, 'getfattr'), '#!/bin/sh\n', { mode: 0o755 });
  mkdirSync(join(folder, 'empty folder'));
  for (const name of ['plain', '-dash', 'new\nline', '한국어']) writeFileSync(join(folder, name), `this is ${name}`);
  writeFileSync(join(folder, 'sparse'), '');
  truncateSync(join(folder, 'sparse'), 1 << 20);
  linkSync(join(folder, 'plain'), join(folder, 'second name'));
  symlinkSync('nowhere', join(folder, 'link'));
});
afterAll(() => {
  for (const each of [folder, tools]) rmSync(each, { recursive: true });
});

test('the script reads every file of a real folder', () => {
  const found = read();
  expect([...found.keys()].sort()).toEqual(['', '-dash', 'empty folder', 'link', 'new\nline', 'plain', 'second name', 'sparse', '한국어']);
  expect(found.get('link')).toMatchObject({ type: 'l', linkTarget: 'nowhere' });
  expect(found.get('plain')).toMatchObject({ sameFileAs: 'plain' });
  expect(found.get('second name')).toMatchObject({ sameFileAs: 'plain' });
  expect(found.get('sparse')).toMatchObject({ size: '1048576' });
  expect([...found.values()].filter(({ type, sha256 }) => type === 'f' && !sha256)).toEqual([]);
});

test('one altered byte shows, even under the same time', () => {
  utimesSync(join(folder, '-dash'), 1, 1);
  const before = read();
  writeFileSync(join(folder, '-dash'), 'THIS is -dash');
  utimesSync(join(folder, '-dash'), 1, 1);
  expect(compareManifests(before, read())).toEqual([
    { path: '-dash', what: 'sha256', before: expect.any(String), after: expect.any(String) },
  ]);
});
