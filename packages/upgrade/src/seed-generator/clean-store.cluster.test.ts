import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '@godwit/controller';
import { programPath } from '@godwit/devcluster';
import { beforeAll, expect, test } from 'vitest';
import type { EtcdStore } from '../first-boot/store/etcd-store.ts';
import { withEtcd } from '../first-boot/store/start-etcd.ts';
import { freePorts } from '../host/free-ports.ts';
import { runHere } from '../host/run.ts';
import { archiveVar } from '../seed/image/archive.ts';
import { cleanStore } from './clean-store.ts';
import { besideVar, SECRETS_OF_VAR } from './seed-files.ts';

const { signal } = new AbortController();
const SECRETS = ['original-credentials', 'push-credentials'];

beforeAll(async () => {
  // a node has these programs in its path
  for (const name of ['etcd', 'etcdutl'] as const) process.env.PATH = `${dirname(await programPath(name))}:${process.env.PATH}`;
}, 600_000);

const opened = async <T>(dataFolder: string, work: (store: EtcdStore, endpoint: string) => Promise<T>): Promise<T> => {
  const [clientPort = 0, peerPort = 0] = await freePorts(2);
  const place = { program: 'etcd', dataFolder, clientPort, peerPort };
  return withEtcd(place, systemClock, (store) => work(store, `http://127.0.0.1:${clientPort}`));
};

const put = async (endpoint: string, key: string, value: string): Promise<void> => {
  const body = JSON.stringify({ key: btoa(`/registry/${key}`), value: btoa(value) });
  expect((await fetch(`${endpoint}/v3/kv/put`, { method: 'POST', body })).ok).toBe(true);
};

const filesOf = (folder: string): Map<string, Buffer> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return new Map(files.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name))]));
};

const digestsOf = (folder: string): string[] => [...filesOf(folder)].map(([path, text]) => `${path} ${hash('sha256', text)}`);

const told = (folder: string): string[] => SECRETS.filter((secret) => [...filesOf(folder).values()].some((text) => text.includes(secret)));

const contentOf = (dataFolder: string) =>
  opened(dataFolder, async (store) => {
    const entries: Record<string, string> = {};
    for await (const { key, value } of store.entries()) entries[key] = value.toString();
    return entries;
  });

test('an archive has the last state of the store and nothing that was deleted or replaced, and the store itself stays as it is', async () => {
  const root = mkdtempSync(join(tmpdir(), 'godwit-store-'));
  const [from, work, beside, seed] = [join(root, 'var/lib/etcd'), join(root, 'work'), join(root, 'beside'), join(root, 'seed')];
  for (const folder of [dirname(from), work, join(beside, 'var/seed_data'), seed]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(beside, 'var/seed_data/manifest.json'), '{}');
  await opened(from, async (store, endpoint) => {
    await put(endpoint, 'secrets/openshift-config/pull-secret', 'original-credentials');
    await put(endpoint, 'secrets/lca/seedgen', 'push-credentials');
    await put(endpoint, 'configmaps/shop/settings', 'kept');
    await put(endpoint, 'secrets/openshift-config/pull-secret', 'sanitized');
    await store.remove(['secrets/lca/seedgen']);
  });
  expect(told(from)).toEqual(SECRETS);
  const before = digestsOf(from);

  await cleanStore({ run: runHere, clock: systemClock }, { from, work, to: join(beside, 'var/store') }, signal);
  expect(digestsOf(from)).toEqual(before);
  expect(readdirSync(work)).toEqual([]);

  const archive = join(root, 'var.tgz');
  await runHere([...archiveVar(root, archive, SECRETS_OF_VAR), ...besideVar(beside)]);
  await runHere(['tar', 'xzf', archive, '-C', seed]);
  expect(readdirSync(join(seed, 'var')).sort()).toEqual(['lib', 'seed_data']);
  expect(told(seed)).toEqual([]);
  expect(await contentOf(join(seed, 'var/lib/etcd'))).toEqual({
    'configmaps/shop/settings': 'kept',
    'secrets/openshift-config/pull-secret': 'sanitized',
  });
}, 120_000);
