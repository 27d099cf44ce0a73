import { describe, expect, test } from 'vitest';
import { chooseEngine } from '../engine/choose-engine.ts';
import { labelValue } from '../names.ts';
import type { Backup, BackupStorageLocation } from '../velero.ts';
import { parseCredentials } from './credentials.ts';
import { secondsOfDuration } from './duration.ts';
import { FOLDER_PROVIDER, locationAccess } from './location-access.ts';
import { newestOfSchedule } from './newest-of-schedule.ts';
import { layoutProblem } from './open-location.ts';
import { progressWriter } from './progress-writer.ts';
import { validateBackup } from './validate-backup.ts';
import { validateRestore } from './validate-restore.ts';

const location = (spec: Partial<BackupStorageLocation['spec']> = {}, status?: BackupStorageLocation['status']): BackupStorageLocation => ({
  apiVersion: 'velero.io/v1',
  kind: 'BackupStorageLocation',
  metadata: { name: 'default' },
  spec: { provider: 'aws', objectStorage: { bucket: 'b' }, ...spec },
  ...(status && { status }),
});
const keys = '[default]\naws_access_key_id=AKIA\naws_secret_access_key = s3cr3t \n';
const here = { allowFolders: true, hostName: 'here', credentials: keys, caCert: undefined };

test.each([
  ['auto', undefined, 'embedded'],
  ['auto', { spec: { replicas: 1 } }, 'velero'],
  ['auto', { spec: { replicas: 0 } }, 'embedded'],
  ['auto', { spec: {} }, 'velero'],
  ['embedded', { spec: { replicas: 1 } }, 'embedded'],
  ['velero', undefined, 'velero'],
] as const)('engine %s with Deployment %j: %s', (setting, rest, engine) => {
  const deployment = rest && { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'velero' }, ...rest };
  expect(chooseEngine(setting, deployment)).toBe(engine);
});

test.each([
  ['720h0m0s', 2_592_000],
  ['1m', 60],
  ['1.5s', 1.5],
  ['100ms', 0.1],
  ['0', 0],
  ['never', undefined],
  [undefined, undefined],
])('the duration %s has %s seconds', (text, seconds) => expect(secondsOfDuration(text)).toBe(seconds));

test('R13 long names are shortened with their hash', () => {
  expect(labelValue('this_is_a_very_long_label_value_that_will_be_rejected_by_Kubernetes')).toBe(
    'this_is_a_very_long_label_value_that_will_be_rejected_by_8d0722',
  );
  expect(labelValue('short')).toBe('short');
});

test('credentials are read from their profile', () => {
  expect(parseCredentials(keys)).toEqual({ accessKeyId: 'AKIA', secretAccessKey: 's3cr3t' });
  expect(parseCredentials(`${keys}[other]\naws_access_key_id=B\naws_secret_access_key=C`, 'other')).toEqual({
    accessKeyId: 'B',
    secretAccessKey: 'C',
  });
  expect(parseCredentials('[default]\naws_access_key_id=A')).toBeUndefined();
});

describe('locations', () => {
  test('a bucket is reached as its config says', () => {
    const config = { region: 'eu', s3Url: 'http://minio:9000', s3ForcePathStyle: 'true', insecureSkipTLSVerify: 'true' };
    const caCert = Buffer.from('PEM').toString('base64');
    expect(locationAccess(location({ config, objectStorage: { bucket: 'b', prefix: 'p', caCert } }), here)).toEqual({
      access: {
        kind: 's3',
        bucket: 'b',
        prefix: 'p',
        region: 'eu',
        endpoint: 'http://minio:9000',
        forcePathStyle: true,
        accessKeyId: 'AKIA',
        secretAccessKey: 's3cr3t',
        caBundle: 'PEM',
        insecure: true,
      },
    });
  });
  const folder = { provider: FOLDER_PROVIDER, config: { path: '/backups', host: 'here' } };
  test('a folder is reached on its own host', () => {
    expect(locationAccess(location(folder), here)).toEqual({ access: { kind: 'folder', path: '/backups' } });
  });
  test.each([
    ['a slash in the bucket', location({ objectStorage: { bucket: 'a/b' } }), here, "must not contain a '/'"],
    ['missing credentials', location(), { ...here, credentials: undefined }, 'credentials'],
    ['an unknown provider', location({ provider: 'gcp' }), here, 'gcp'],
    ['two certificates', location({ objectStorage: { bucket: 'b', caCert: 'x', caCertRef: { name: 'n', key: 'k' } } }), here, 'caCertRef'],
    ['a folder of another host', location(folder), { ...here, hostName: 'there' }, 'host here'],
    ['a folder where none is allowed', location(folder), { ...here, allowFolders: false }, 'does not use'],
    ['a folder without path', location({ provider: FOLDER_PROVIDER }), here, 'config key path'],
  ])('%s is refused', (_title, object, facts, message) => {
    expect(locationAccess(object, facts)).toEqual({ refused: expect.stringContaining(message) });
  });
  test.each([
    ['an empty one', [], undefined],
    ['Velero and its own folders', ['backups', 'restores', 'kopia', 'restic', 'metadata', 'plugins'], undefined],
    ['C8 a backup one level too high', ['backup-1'], /backup-1/],
    ['C8 many others, of which three are named', ['a', 'b', 'c', 'd', 'backups'], /\[a b c\]/],
  ])('the layout of %s', (_title, folders, problem) => {
    if (problem === undefined) expect(layoutProblem(folders)).toBeUndefined();
    else expect(layoutProblem(folders)).toMatch(problem);
  });
});

const selector = { matchLabels: { a: 'b' } };
describe('a Backup is refused for', () => {
  test.each([
    [
      'C1 a resource in both lists',
      { includedResources: ['foo'], excludedResources: ['foo'] },
      /^Invalid included\/excluded resource lists: .*foo/,
    ],
    ['* beside names', { includedResources: ['*', 'pods'] }, /'\*' only/],
    ['* in the excludes', { excludedResources: ['*'] }, /cannot contain '\*'/],
    ['C2 both selectors', { labelSelector: selector, orLabelSelectors: [selector] }, /only one/],
    ['C2 old and new filters', { includedResources: ['pods'], includedNamespaceScopedResources: ['pods'] }, /cannot be used together/],
    ['a namespace in both lists', { includedNamespaces: ['a'], excludedNamespaces: ['a'] }, /^Invalid included\/excluded namespace lists/],
    ['an invalid namespace', { includedNamespaces: ['A_b'] }, /invalid namespace/],
    ['a doubled asterisk', { includedNamespaces: ['a**'] }, /consecutive/],
    [
      'all excluded and some included',
      { includedClusterScopedResources: ['pv'], excludedClusterScopedResources: ['*'] },
      /^Invalid cluster-scoped/,
    ],
  ])('%s', (_title, spec, message) => expect(validateBackup(spec, 'default', location())).toEqual([expect.stringMatching(message)]));

  test.each([
    ['C2 a missing location', undefined, /not found/],
    ['C2 a read-only location', location({ accessMode: 'ReadOnly' }), /read-only/],
    ['C2 an unavailable location', location({}, { phase: 'Unavailable' }), /Unavailable/],
  ])('%s', (_title, where, message) => expect(validateBackup({}, 'default', where)).toEqual([expect.stringMatching(message)]));
});

test.each([
  ['no source', {}, /Either/],
  ['two sources', { backupName: 'b', scheduleName: 's' }, /Only one/],
  ['nodes', { backupName: 'b', includedResources: ['nodes'] }, /nodes are non-restorable/],
  ['events', { backupName: 'b', includedResources: ['events.events.k8s.io'] }, /non-restorable/],
  ['an unknown policy', { backupName: 'b', existingResourcePolicy: 'replace' }, /replace/],
  ['a namespace in both lists', { backupName: 'b', includedNamespaces: ['a'], excludedNamespaces: ['a'] }, /namespace lists/],
  ['both selectors', { backupName: 'b', labelSelector: selector, orLabelSelectors: [selector] }, /only one/],
])('R40 a Restore is refused for %s', (_title, spec, message) => expect(validateRestore(spec)).toEqual([expect.stringMatching(message)]));

test('a sound Backup and a sound Restore are not refused', () => {
  expect(validateBackup({ includedNamespaces: ['shop', 'a-*'] }, 'default', location())).toEqual([]);
  expect(validateRestore({ backupName: 'b', existingResourcePolicy: 'none' })).toEqual([]);
});

test('C12 a schedule stands for its newest completed backup', () => {
  const backup = (name: string, phase: string, startTimestamp: string): Backup => ({
    apiVersion: 'velero.io/v1',
    kind: 'Backup',
    metadata: { name },
    spec: {},
    status: { phase, startTimestamp },
  });
  const others = ['', 'New', 'InProgress', 'FailedValidation', 'Failed', 'PartiallyFailed'].map((phase) => backup(phase, phase, '2031'));
  expect(newestOfSchedule([backup('old', 'Completed', '2029'), backup('new', 'Completed', '2030'), ...others])?.metadata.name).toBe('new');
  expect(newestOfSchedule(others)).toBeUndefined();
});

test('progress is written one after the other, and what is out of date is skipped', async () => {
  const written: number[] = [];
  const writer = progressWriter<number>(
    async (value) => void written.push(value),
    () => {},
  );
  for (const value of [1, 2, 3]) writer.tell(value);
  await new Promise(setImmediate);
  writer.tell(4);
  await writer.settled();
  writer.tell(5);
  await new Promise(setImmediate);
  expect(written).toEqual([1, 3, 4, 5]);
});
