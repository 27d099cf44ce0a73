import type { ImageBasedUpgrade, UpgradeFinding } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { mountedAt, whatOf } from './container-storage.ts';
import { versionIdOf } from './current-version.ts';
import { examinedDigest, withExamined } from './examined-seed.ts';
import { jobText, prepJobs } from './job-texts.ts';
import { autoRollbackOf } from './stateroot-phase.ts';
import { staterootProgress } from './stateroot-progress.ts';
import { type Examination, warningOf, whyRefused } from './validate.ts';

const found = (code: string, message: string, severity: UpgradeFinding['severity'] = 'Error'): UpgradeFinding => ({
  code,
  severity,
  object: 'x',
  message,
});
const nothing: Examination = { storage: [], spec: [], workspace: [], seed: [] };

describe('what refuses an upgrade', () => {
  const version = found('SeedVersionNotHigher', 'too old');
  const backups = [found('OadpContentInvalid', 'one'), found('OadpContentInvalid', 'two')];
  const manifests = [
    found('ExtraManifestNotAllowed', 'a'),
    found('ExtraManifestNameless', 'b'),
    found('ExtraManifestRefused', 'w', 'Warning'),
  ];
  test.each<[string, Partial<Examination>, string | undefined]>([
    ['nothing', {}, undefined],
    ['a warning alone does not', { spec: [found('ExtraManifestRefused', 'w', 'Warning')] }, undefined],
    ['the storage comes first', { storage: [found('ContainerStorageNotSeparate', 'no storage')], spec: [version] }, 'no storage'],
    ['then the version', { spec: [version, ...backups] }, 'failed to validate IBU spec: too old'],
    ['all of the backups', { spec: [...backups, ...manifests] }, 'failed to validate IBU spec: one; two'],
    ['all of the manifests, without warnings', { spec: manifests }, 'failed to validate IBU spec: a; b'],
    ['the seed last', { seed: [found('SeedImageUnusable', 'no label')] }, 'failed to validate seed image info: no label'],
  ])('%s', (_title, parts, text) => {
    expect(whyRefused({ ...nothing, ...parts })).toBe(text);
  });
  test('with an error there is no warning', () => {
    expect(warningOf({ ...nothing, spec: manifests })).toBeUndefined();
    const warnings = [found('ExtraManifestRefused', 'v', 'Warning'), found('ExtraManifestKindUnknown', 'w', 'Warning')];
    expect(warningOf({ ...nothing, spec: [...warnings, version] })).toBe('v; w');
  });
});

describe('what holds the container storage', () => {
  const line = (id: number, device: string, root: string, point: string, source: string) =>
    `${id} 1 ${device} ${root} ${point} rw,relatime shared:1 - ext4 ${source} rw`;
  const node = [
    line(1, '8:1', '/nodes/a/sysroot/ostree/deploy/rhcos/deploy/x.0', '/', '/dev/sda1'),
    line(2, '8:1', '/nodes/a/sysroot', '/sysroot', '/dev/sda1'),
    line(3, '8:1', '/nodes/a/data', '/var/mnt/data', '/dev/sda1'),
    line(4, '8:1', '/nodes/a/data/containers', '/var/lib/containers', '/dev/sda1'),
  ].join('\n');
  test('a folder of another mount is named by its path', () => {
    expect(mountedAt(node, '/var/lib/containers')).toBe('/var/mnt/data/containers');
  });
  test('a disk of its own is named by its device, also with a space in it', () => {
    expect(mountedAt(line(1, '8:2', '/', '/var/lib/containers', '/dev/disk/by\\040label'), '/var/lib/containers')).toBe(
      '/dev/disk/by label',
    );
  });
  test('a folder that is no mount is nothing', () => {
    expect(mountedAt(node, '/var/lib')).toBeUndefined();
  });
  test('a mount unit says it itself', () => {
    expect(whatOf('[Mount]\nWhat=/dev/disk/by-partlabel/varlibcontainers\nWhere=/var/lib/containers\n')).toBe(
      '/dev/disk/by-partlabel/varlibcontainers',
    );
  });
});

describe('D-I9 the digest by which a seed was examined', () => {
  const status = { notes: withExamined({ notes: { Other: 1 } }, { image: 'r/seed:1', digest: 'sha256:1' }) };
  test.each([
    ['is that of its image', status, 'r/seed:1', 'sha256:1'],
    ['is not that of another image', status, 'r/seed:2', undefined],
    ['is not there where nothing was noted', {}, 'r/seed:1', undefined],
    ['is not there where something else was noted', { notes: { Validate: true } }, 'r/seed:1', undefined],
  ])('%s', (_title, known, image, digest) => {
    expect(examinedDigest(known, image)).toBe(digest);
  });
  test('leaves the notes of others alone', () => {
    expect(status.notes).toMatchObject({ Other: 1 });
  });
});

test('D-I16 the names of jobs are filled in', () => {
  expect(jobText(prepJobs.stateroot, 'launched')).toBe(
    'Successfully launched a new job for stateroot setup. job-name: lca-prep-stateroot-setup, job-namespace: openshift-lifecycle-agent',
  );
  expect(jobText(prepJobs.precache, 'working', '. total: 136 (pulled: 2, failed: 0)')).toBe(
    'Precache job in progress. job-name: lca-prep-precache, job-namespace: openshift-lifecycle-agent. total: 136 (pulled: 2, failed: 0)',
  );
});

test('G-I9 the progress of a stateroot never goes back from step to step', () => {
  const steps = ['resolve-seed', 'check-space', 'pull-seed', 'unpack-seed', 'deploy'];
  const told = steps.flatMap((step, index) =>
    [0, 50, 100].map((done) => staterootProgress(steps, { step, number: index + 1, count: steps.length, bytes: { done, total: 100 } })),
  );
  const shares = told.map(({ itemsDone = 0, itemsTotal = 1 }) => itemsDone / itemsTotal);
  expect(shares).toEqual([...shares].sort((one, other) => one - other));
  expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
});

test.each([
  [{}, { timeoutSeconds: undefined, initMonitor: true, postRebootConfig: true }],
  [{ 'auto-rollback-on-failure.lca.openshift.io/init-monitor': 'Disabled' }, { initMonitor: false, postRebootConfig: true }],
  [{ 'auto-rollback-on-failure.lca.openshift.io/init-monitor': 'disabled' }, { initMonitor: true }],
  [{ 'auto-rollback-on-failure.lca.openshift.io/post-reboot-config': 'Disabled' }, { initMonitor: true, postRebootConfig: false }],
])('T48 the annotations %j decide on rollbacks', (annotations, choice) => {
  const upgrade = { apiVersion: 'lca.openshift.io/v1', kind: 'ImageBasedUpgrade', metadata: { name: 'upgrade', annotations }, spec: {} };
  expect(autoRollbackOf(upgrade as ImageBasedUpgrade)).toMatchObject(choice);
});

test.each([
  ['NAME=x\nVERSION_ID="4.20.1"\n', '4.20.1'],
  ['VERSION_ID=4.20.1', '4.20.1'],
  ['NAME=x', undefined],
])('the release in %j', (text, version) => {
  expect(versionIdOf(text)).toBe(version);
});
