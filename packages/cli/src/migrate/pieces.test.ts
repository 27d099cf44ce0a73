import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlanVolume } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { logFileOf } from '../controllers.ts';
import { expiryOf } from './identity.ts';
import { storageSpec } from './register-storage.ts';
import { rightInWords } from './rights.ts';
import { selectVolumes, unknownClasses, volumeLine } from './select-volumes.ts';
import { defaultRepository, prepareRepository, storageName } from './storage-name.ts';

const volume: PlanVolume = {
  name: 'pv-1',
  capacity: '2Gi',
  storageClass: 'gp2',
  supported: { actions: ['copy'], copyMethods: ['filesystem'] },
  selection: { action: 'skip', storageClass: 'suggested' },
  pvc: { namespace: 'shop', name: 'data' },
};

describe('volumes', () => {
  test('every volume is copied by its files and compared', () => {
    expect(selectVolumes([volume], new Map())[0]?.selection).toEqual({
      action: 'copy',
      copyMethod: 'filesystem',
      verify: true,
      storageClass: 'suggested',
    });
  });
  test('a storage class that the user names goes over the suggested one', () => {
    expect(selectVolumes([volume], new Map([['gp2', 'fast']]))[0]?.selection.storageClass).toBe('fast');
    expect(selectVolumes([volume], new Map([['gp3', 'fast']]))[0]?.selection.storageClass).toBe('suggested');
  });
  test.each([
    ['the class of a volume is known', 'gp2', []],
    ['a class of the source that no volume has is known', 'spare', []],
    ['any other is not', 'gp22', ['gp22']],
  ])('%s', (_title, name, unknown) => {
    const plan = { spec: { persistentVolumes: [volume] }, status: { srcStorageClasses: [{ name: 'spare' }] } };
    expect(unknownClasses(plan, new Map([[name, 'fast']]))).toEqual(unknown);
  });
  test('a class that the target lacks gives way to its default, one that it has stays', () => {
    const classOf = (offers: { name: string; default?: boolean }[]) =>
      selectVolumes([volume], new Map(), offers)[0]?.selection.storageClass;
    expect(classOf([{ name: 'slow' }, { name: 'standard', default: true }])).toBe('standard');
    expect(classOf([{ name: 'suggested' }, { name: 'standard', default: true }])).toBe('suggested');
    expect(classOf([{ name: 'slow' }])).toBe('suggested');
  });
  test('another copy method is kept', () => {
    const block = { ...volume, selection: { copyMethod: 'block' } };
    expect(selectVolumes([block], new Map())[0]?.selection.copyMethod).toBe('block');
  });
  test('choosing twice changes nothing', () => {
    const once = selectVolumes([volume], new Map([['gp2', 'fast']]));
    expect(selectVolumes(once, new Map([['gp2', 'fast']]))).toEqual(once);
  });
  test('a line tells what happens to a volume', () => {
    expect(volumeLine(selectVolumes([volume], new Map())[0] ?? volume)).toBe(
      'shop/data  2Gi  gp2 -> suggested  copy (filesystem, every file compared)',
    );
  });
});

test.each([
  [{ verb: 'patch', group: '', resource: 'secrets', namespace: 'a' }, 'patch secrets -n a'],
  [{ verb: 'create', group: '', resource: 'serviceaccounts', subresource: 'token', namespace: 'a' }, 'create serviceaccounts/token -n a'],
  [
    { verb: 'bind', group: 'rbac.authorization.k8s.io', resource: 'clusterroles', name: 'cluster-admin' },
    'bind clusterroles.rbac.authorization.k8s.io/cluster-admin',
  ],
  [{ verb: '*', group: '*', resource: '*' }, '* *.*'],
])('the right %o in words', (right, words) => {
  expect(rightInWords(right)).toBe(words);
});

const token = (claims: object): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.y`;

test.each([
  ['a token that says so', token({ exp: 1_900_000_000 }), 1_900_000_000],
  ['a token that does not', token({}), undefined],
  ['no token at all', 'secret', undefined],
])('when %s ends', (_title, text, expected) => {
  expect(expiryOf(text)).toBe(expected);
});

describe('repositories', () => {
  const bucket = {
    kind: 'bucket',
    bucket: 'backups',
    endpoint: 'https://minio:9000',
    region: undefined,
    caBundle: 'PEM',
    keys: { accessKeyId: 'a', secretAccessKey: 'b' },
  } as const;
  const secret = { namespace: 'ns', name: 'keys' };

  test('a bucket names its keys by their Secret and never holds them', () => {
    const spec = storageSpec(bucket, secret);
    expect(spec).toEqual({
      backupStorageProvider: 'aws',
      backupStorageConfig: {
        awsBucketName: 'backups',
        awsS3Url: 'https://minio:9000',
        credsSecretRef: secret,
        s3CustomCABundle: Buffer.from('PEM').toString('base64'),
      },
    });
  });
  test('a folder names its machine', () => {
    expect(storageSpec({ kind: 'folder', path: '/srv' }, secret, 'laptop')).toEqual({
      backupStorageProvider: 'godwit.io/filesystem',
      backupStorageConfig: { path: '/srv', host: 'laptop' },
    });
  });
  test('the same bucket at another endpoint is another repository', () => {
    expect(storageName(bucket, 'plan')).toBe('minio-backups');
    expect(storageName({ ...bucket, endpoint: undefined }, 'plan')).toBe('s3-backups');
    expect(storageName({ kind: 'folder', path: '/srv' }, 'alpha-beta-shop')).toBe('alpha-beta-shop');
  });
  test.each([
    [{ XDG_DATA_HOME: '/data' }, '/data/godwit/repositories/plan'],
    [{ HOME: '/home/kim' }, '/home/kim/.local/share/godwit/repositories/plan'],
  ])('the default folder with %o', (environment, path) => {
    expect(defaultRepository('plan', environment)).toEqual({ kind: 'folder', path });
  });
  test.each(['/proc/nowhere/deep', '/dev/null/x', '/dev/null'])('a folder that cannot be is refused at once: %s', (path) => {
    expect(() => prepareRepository({ kind: 'folder', path })).toThrow(`folder ${path} cannot be a repository`);
  });
  test('a folder is made with those above it, and may be there already', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'godwit-folder-')), 'a', 'b');
    prepareRepository({ kind: 'folder', path });
    prepareRepository({ kind: 'folder', path });
    expect(statSync(path).mode & 0o777).toBe(0o700);
  });
  test('logs lie beside, as the user has it', () => {
    expect(logFileOf({ XDG_STATE_HOME: '/state' }, 'plan')).toBe('/state/godwit/plan.log');
    expect(logFileOf({ HOME: '/home/kim' }, 'plan')).toBe('/home/kim/.local/state/godwit/plan.log');
  });
});
