import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { enabledUnits } from '../system/launcher/enabled.ts';
import { releaseTexts, textsOf, writeRelease } from './release.ts';
import { unitTexts } from './units.ts';

const tree = mkdtempSync(join(tmpdir(), 'godwit-tree-'));
afterAll(() => rmSync(tree, { recursive: true }));

const release = {
  version: '4.20.1',
  files: { '/etc/motd': 'hello\n', '/usr/local-data/x': 'y' },
  units: { 'agent.service': '[Unit]\nAfter=node-role.service\n[Service]\nExecStart=/usr/libexec/agent\nRestart=on-failure\n' },
};

const read = (path: string): string => readFileSync(join(tree, path), 'utf8');

test('a release is laid out as ostree deploys it: a kernel, the beginning of /etc, and its version', () => {
  writeRelease(tree, release);
  expect(readdirSync(join(tree, 'usr/lib/modules')).map((kernel) => readdirSync(join(tree, 'usr/lib/modules', kernel)).toSorted())).toEqual(
    [['initramfs.img', 'vmlinuz']],
  );
  expect([read('usr/etc/motd'), read('usr/local-data/x')]).toEqual(['hello\n', 'y']);
  expect(read('usr/lib/os-release')).toContain('VERSION_ID="4.20.1"\n');
  expect(readdirSync(tree)).toEqual(['usr']);
});

test('its units are enabled beside those of the cluster, and scripts can be executed', () => {
  const { units, faults } = enabledUnits(tree);
  expect(faults).toEqual([]);
  expect(units.map(({ name }) => name).toSorted()).toEqual(
    ['agent', ...Object.keys(unitTexts()).map((name) => name.replace('.service', ''))].toSorted(),
  );
  expect(readlinkSync(join(tree, 'usr/lib/systemd/system/multi-user.target.wants/agent.service'))).toBe('../agent.service');
  for (const script of readdirSync(join(tree, 'usr/libexec'))) expect(statSync(join(tree, 'usr/libexec', script)).mode & 0o111).toBe(0o111);
});

test('two releases differ in their version, their kernel and one manifest, and in nothing else', () => {
  const [one, two] = [textsOf({ version: '1.0.0' }), textsOf({ version: '2.0.0' })];
  const differing = Object.keys(one).filter((path) => one[path] !== two[path]);
  expect(differing.map((path) => path.slice(path.lastIndexOf('/') + 1)).toSorted()).toEqual([
    '50-release.json',
    'initramfs.img',
    'os-release',
    'vmlinuz',
  ]);
});

test('whatever decides what a release is takes part in its name', () => {
  expect(releaseTexts(release)).not.toEqual(releaseTexts({ ...release, files: {} }));
  expect(releaseTexts(release)).toEqual(releaseTexts({ ...release }));
});
