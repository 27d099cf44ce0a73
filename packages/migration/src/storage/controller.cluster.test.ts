import { readFileSync } from 'node:fs';
import { MigStorage, NAMESPACE, Namespace, Secret } from '@godwit/api';
import { startObjectStore } from '@godwit/devcluster';
import { clusterPair, eventually, run } from '@godwit/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aFolderStorage, aWorld, heldBy, make } from '../shared/world.fixture.ts';
import { migStorageController } from './controller.ts';

const { host } = await clusterPair();
const minio = await startObjectStore({ name: 'storages' });
afterAll(minio.stop);

const controllers = () => run(({ cache }) => [migStorageController(aWorld(host, cache))]);
const storage = (name: string) => () => host.get(MigStorage, { namespace: NAMESPACE, name });
const held = (name: string) => async () => heldBy(await storage(name)());

const aBucketStorage = async (name: string, more: { bucket?: string; secretKey?: string; url?: string } = {}): Promise<void> => {
  const stringData = { 'aws-access-key-id': minio.accessKey, 'aws-secret-access-key': more.secretKey ?? minio.secretKey };
  await make(host, Secret, { namespace: NAMESPACE, name }, { stringData });
  const s3CustomCABundle = readFileSync(minio.authorityPath).toString('base64');
  const config = {
    awsBucketName: more.bucket ?? minio.bucket,
    awsS3Url: more.url ?? minio.endpoint,
    credsSecretRef: { namespace: NAMESPACE, name },
    s3CustomCABundle,
  };
  await make(host, MigStorage, { namespace: NAMESPACE, name }, { spec: { backupStorageProvider: 'aws', backupStorageConfig: config } });
};

beforeAll(() => make(host, Namespace, { name: NAMESPACE }));

test.each<[string, string, { bucket?: string; secretKey?: string; url?: string }, string[], string]>([
  ['a bucket that can be written becomes ready', 'good', {}, ['Ready'], 'The storage is ready.'],
  [
    'a bucket that is missing is named',
    'no-bucket',
    { bucket: 'gone' },
    ['BackupStorageProviderTestFailed/TestFailed'],
    'Create the bucket',
  ],
  [
    'a wrong key is named',
    'wrong-key',
    { secretKey: 'wrong-secret-key' },
    ['BackupStorageProviderTestFailed/TestFailed'],
    'The store failed the test',
  ],
  [
    'a store that does not answer is named',
    'gone',
    { url: 'http://127.0.0.1:1' },
    ['BackupStorageProviderTestFailed/TestFailed'],
    'The store failed the test',
  ],
])('%s', async (_title, name, more, conditions, said) => {
  await using _running = controllers();
  await aBucketStorage(name, more);
  await eventually(held(name), { seconds: 30 }).toEqual(conditions);
  expect(JSON.stringify(await storage(name)())).toContain(said);
  expect(JSON.stringify(await storage(name)())).not.toContain(more.secretKey ?? minio.secretKey);
});

test('a corrected key is tried at once', async () => {
  await using _running = controllers();
  await eventually(held('wrong-key')).toEqual(['BackupStorageProviderTestFailed/TestFailed']);
  await host.patch(Secret, { namespace: NAMESPACE, name: 'wrong-key' }, { stringData: { 'aws-secret-access-key': minio.secretKey } });
  await eventually(held('wrong-key')).toEqual(['Ready']);
});

test('a folder becomes ready', async () => {
  await using _running = controllers();
  await aFolderStorage(host, 'folder');
  await eventually(held('folder')).toEqual(['Ready']);
});
