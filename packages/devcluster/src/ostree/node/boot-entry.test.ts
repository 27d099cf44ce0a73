import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootTarget, defaultEntry, parseBootEntry } from './boot-entry.ts';

const sysroot = mkdtempSync(join(tmpdir(), 'godwit-entries-'));
afterAll(() => rmSync(sysroot, { recursive: true }));

const entry = (version: number, options: string): string =>
  `title Godwit node ${version} (ostree:0)\nversion ${version}\noptions ${options}\nlinux /ostree/x/vmlinuz\n`;

test.each([
  ['an entry of ostree', entry(2, 'rw ostree=/ostree/boot.1/a/b/0'), { version: 2, options: 'rw ostree=/ostree/boot.1/a/b/0' }],
  ['kernel arguments in quotes', entry(1, 'x="all" ostree=/o'), { version: 1, options: 'x="all" ostree=/o' }],
  ['an entry of something else', entry(3, 'root=/dev/sda1'), undefined],
  ['an entry without options', 'title x\nversion 1\n', undefined],
])('%s is read', (_title, text, wanted) => expect(parseBootEntry(text)).toEqual(wanted));

test('the highest version boots, by its number', () => {
  const entries = [9, 10, 2].map((version) => ({ version, options: `${version}` }));
  expect(defaultEntry(entries)?.options).toBe('10');
  expect(defaultEntry([])).toBeUndefined();
});

test('a physical root without a deployment boots nothing, and says what to do', () => {
  expect(() => bootTarget(sysroot)).toThrow('ostree admin deploy');
});

const place = (stateroot: string, checksum: string): void => {
  mkdirSync(join(sysroot, 'ostree/deploy', stateroot, 'deploy', `${checksum}.0`), { recursive: true });
  mkdirSync(join(sysroot, 'ostree/boot.1', stateroot, 'kernel'), { recursive: true });
  symlinkSync(`../../../deploy/${stateroot}/deploy/${checksum}.0`, join(sysroot, 'ostree/boot.1', stateroot, 'kernel/0'));
};

beforeAll(() => {
  mkdirSync(join(sysroot, 'boot/loader/entries'), { recursive: true });
});

test('a boot enters the deployment that the entry leads to', () => {
  for (const [index, stateroot] of ['one', 'two'].entries()) {
    place(stateroot, stateroot.repeat(2));
    const options = `rw ibu=${index} ostree=/ostree/boot.1/${stateroot}/kernel/0`;
    writeFileSync(join(sysroot, 'boot/loader/entries', `ostree-${index + 1}-${stateroot}.conf`), entry(index + 1, options));
  }
  expect(bootTarget(sysroot)).toEqual({
    stateroot: 'two',
    deployment: join(sysroot, 'ostree/deploy/two/deploy/twotwo.0'),
    commandLine: 'rw ibu=1 ostree=/ostree/boot.1/two/kernel/0',
  });
});
