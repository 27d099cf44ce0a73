import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileEntry } from './config.ts';
import { partsOf } from './place.ts';
import { writeStorage } from './storage.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'machine-'));
  mkdirSync(join(root, 'etc'));
});
afterEach(() => rmSync(root, { recursive: true }));

const me = { user: { id: process.getuid?.() ?? 0 }, group: { id: process.getgid?.() ?? 0 } };
const nothing = { directories: [], files: [], links: [], authorities: [] };
const nowhere = () => Promise.reject(new Error('nothing is fetched here'));
const write = (wanted: Partial<Parameters<typeof writeStorage>[1]>) => writeStorage(root, { ...nothing, ...wanted }, nowhere);
const file = (path: string, more: Partial<FileEntry> = {}): FileEntry => ({ path, contents: { source: 'data:,new' }, ...me, ...more });
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const mode = (path: string) => (statSync(join(root, path)).mode & 0o7777).toString(8);

test('files, directories and links come to be, with the folders above them', async () => {
  await write({
    directories: [
      { path: '/var/lib/x/deep', mode: 0o700, ...me },
      { path: '/var/lib/x', ...me },
    ],
    files: [file('/etc/a/b'), file('/etc/secret', { mode: 0o600 }), file('/usr/local/bin/tool', { mode: 0o755 })],
    links: [{ path: '/etc/link', target: '/usr/bin/true' }],
  });
  expect([text('etc/a/b'), mode('etc/a/b'), mode('etc/secret'), mode('var/lib/x/deep'), mode('var/lib/x')]).toEqual([
    'new',
    '644',
    '600',
    '700',
    '755',
  ]);
  expect(mode('var/usrlocal/bin/tool')).toBe('755');
  expect(readlinkSync(join(root, 'etc/link'))).toBe('/usr/bin/true');
});

test('a packed file is unpacked', async () => {
  const source = `data:;base64,${gzipSync('packed').toString('base64')}`;
  await write({ files: [file('/etc/a', { contents: { source, compression: 'gzip' } })] });
  expect(text('etc/a')).toBe('packed');
});

test('a file that exists is replaced only when it says so; without contents it only gets its mode', async () => {
  await write({ files: [file('/etc/a')] });
  await expect(write({ files: [file('/etc/a')] })).rejects.toThrow('/etc/a exists');
  await write({ files: [file('/etc/a', { overwrite: true, contents: { source: 'data:,newer' } })] });
  await write({ files: [file('/etc/a', { contents: null, mode: 0o400 })] });
  expect([text('etc/a'), mode('etc/a')]).toEqual(['newer', '400']);
});

test('a link that exists is replaced itself, not what it points at', async () => {
  const outside = join(root, '..', `${root.split('/').at(-1)}-outside`);
  symlinkSync(outside, join(root, 'etc/a'));
  await write({ files: [file('/etc/a', { overwrite: true })] });
  expect([lstatSync(join(root, 'etc/a')).isFile(), existsSync(outside)]).toEqual([true, false]);
});

test('a path through a symbolic link is refused, since it could lead out of the machine', async () => {
  symlinkSync('/tmp', join(root, 'etc/out'));
  await expect(write({ files: [file('/etc/out/a')] })).rejects.toThrow('not a directory');
});

test('what cannot be read leaves nothing half written', async () => {
  const files = [file('/etc/first'), file('/etc/second', { contents: { source: 'https://a/1' } })];
  await expect(write({ files })).rejects.toThrow('nothing is fetched');
  expect(readdirSync(join(root, 'etc'))).toEqual([]);
});

test.each([
  ['appended', file('/etc/a', { append: [{}] }), 'appended'],
  ['owned by somebody unknown', file('/etc/a', { user: { name: 'core' } }), 'belong to core'],
])('a file that is to be %s is refused', async (_title, entry, words) => {
  await expect(write({ files: [entry] })).rejects.toThrow(words);
});

test.each(['etc/a', '/etc/../a', '/', '/usr/bin/a', '/bin/a', '/run/a', '/proc/x', '/dev/x', '/etc/a\0'])(
  'the path %j is refused',
  (path) => {
    expect(() => partsOf(path)).toThrow(/refused|cannot be changed/);
  },
);

test('a path is understood however it is written', () => {
  expect(partsOf('//etc//./a/')).toEqual(['etc', 'a']);
  expect(partsOf('/usr/local')).toEqual(['var', 'usrlocal']);
  expect(() => partsOf('/usr/localother')).toThrow('cannot be written');
});
