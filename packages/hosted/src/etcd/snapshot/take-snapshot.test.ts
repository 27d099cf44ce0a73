import { createHash } from 'node:crypto';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type EtcdHere, runningEtcd } from '../../../test/etcd-here.ts';
import type { Etcd } from '../etcd.ts';
import { checkHealth, revisionOf } from './check-health.ts';
import { checkFile } from './save.ts';
import { dropSnapshot, type Snapshot, takeSnapshot } from './take-snapshot.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let here: EtcdHere;
beforeAll(async () => {
  here = await runningEtcd(1);
  await here.ctl('put', '/registry/leases/kube-node-lease/worker-1', 'lease');
  await here.ctl('put', '/registry/leases/kube-node-lease/worker-2', 'lease');
  await here.ctl('put', '/registry/minions/worker-1', 'node');
  await here.ctl('put', '/registry/secrets/default/s', 'k8s:enc:aescbc:v1:key-881413397:bytes');
});
afterAll(() => here?.remove());

const options = { runId: 'run-1', writersStopped: true, keyName: 'key-881413397', present: ['leases', 'minions'] };

const snapshotOf = async (changes = {}): Promise<Snapshot> => {
  const outcome = await takeSnapshot(here.etcd, { ...options, ...changes });
  if (!outcome.ok) throw new Error(outcome.said.message);
  return outcome.value;
};

test('a snapshot knows its size, hashes, revision, keys and the cluster it came from', async () => {
  const snapshot = await snapshotOf();
  const bytes = await readFile(snapshot.path);
  const health = await checkHealth(here.etcd);
  expect(snapshot).toMatchObject({
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    revision: 5,
    totalKeys: 4,
    keys: { leases: 2, minions: 1, secrets: 1 },
    keyCount: 4,
    keyName: 'key-881413397',
    member: 'etcd-0',
    members: [{ name: 'etcd-0', id: expect.stringMatching(/^[0-9a-f]{8,16}$/) }],
  });
  expect(health).toMatchObject({ ok: true, value: { clusterId: snapshot.clusterId, leader: 'etcd-0', revision: 5 } });
  await dropSnapshot(here.etcd, snapshot);
  expect(await readdir(here.etcd.backupFolder)).toEqual([]);
});

test.each<[string, object, string]>([
  ['another encryption key', { keyName: 'key-1' }, 'EncryptionKeyMismatch'],
  ['a resource that is not there', { present: ['leases', 'pods'] }, 'SnapshotIncomplete'],
])('a snapshot with %s is refused and leaves no file', async (_title, changes, reason) => {
  expect(await takeSnapshot(here.etcd, { ...options, ...changes })).toMatchObject({ ok: false, said: { reason } });
  expect(await readdir(here.etcd.backupFolder)).toEqual([]);
});

/** The same etcd, into which something happens right after it has written its snapshot. */
const disturbed = (words: readonly string[]): Etcd => ({
  ...here.etcd,
  members: here.etcd.members.map((member) => ({
    ...member,
    run: async (command, more) => {
      const result = await member.run(command, more);
      if (command.join(' ').includes('snapshot save')) await here.ctl(...words);
      return result;
    },
  })),
});

test.each<[string, string[]]>([
  ['was written', ['put', '/registry/events/default/late', 'x']],
  ['was deleted', ['del', '/registry/leases/kube-node-lease/worker-2']],
])('a key that %s while the writers had to be stopped is noticed', async (_title, words) => {
  expect(await takeSnapshot(disturbed(words), options)).toMatchObject({ ok: false, said: { reason: 'RevisionMoved' } });
  expect(await takeSnapshot(disturbed(words), { ...options, writersStopped: false })).toMatchObject({ ok: true });
});

test('an event that expires while a snapshot is taken moves the revision, and is no write', async () => {
  const lease = /lease (\w+) granted/.exec((await here.ctl('lease', 'grant', '600')).stdout)?.[1] ?? '';
  await here.ctl('put', '/registry/events/default/old', 'x', `--lease=${lease}`);
  expect(await takeSnapshot(disturbed(['lease', 'revoke', lease]), options)).toMatchObject({ ok: true });
  expect(await here.ctl('get', '/registry/events/default/old', '--keys-only')).toMatchObject({ stdout: '' });
});

test('a folder without room is said before anything is written', async () => {
  const small = await takeSnapshot({ ...here.etcd, backupFolder: '/proc' }, options);
  expect(small).toMatchObject({ ok: false, said: { reason: 'EtcdNoSpace' } });
});

test.each<[string, (path: string) => Promise<void>, string]>([
  ['cut at its end', (path) => truncate(path, 4096), 'size'],
  ['cut by whole pages', async (path) => truncate(path, (await readFile(path)).length - 4096), 'trailer'],
  ['empty', (path) => truncate(path, 0), 'size'],
  [
    'with one bit changed',
    async (path) => {
      const bytes = await readFile(path);
      bytes[5000] = (bytes[5000] ?? 0) ^ 1;
      await writeFile(path, bytes);
    },
    'trailer',
  ],
])('a snapshot that is %s is refused', async (_title, damage, check) => {
  const snapshot = await snapshotOf({ runId: 'damaged', writersStopped: false });
  await damage(snapshot.path);
  const [member] = here.etcd.members;
  if (!member) throw new Error('no member');
  const outcome = await checkFile(member, snapshot.path, 'clusters-demo');
  expect(outcome).toMatchObject({ ok: false, said: { reason: 'SnapshotCorrupt', message: expect.stringContaining(`(${check})`) } });
});

test('an etcd that is over its quota is EtcdNoSpace', async () => {
  const full = await runningEtcd(1, ['--quota-backend-bytes=100000']);
  try {
    const value = 'x'.repeat(30_000);
    for (let at = 0; at < 6; at += 1) await full.ctl('put', `/registry/events/${at}`, value);
    expect(await checkHealth(full.etcd)).toMatchObject({ ok: false, said: { reason: 'EtcdNoSpace' } });
  } finally {
    await full.remove();
  }
});

test('three members are one etcd; a member that is down is named', async () => {
  const three = await runningEtcd(3);
  try {
    await three.ctl('put', '/registry/leases/x', '1');
    const health = await checkHealth(three.etcd);
    expect(health).toMatchObject({
      ok: true,
      value: { revision: 2, members: [{ name: 'etcd-0' }, { name: 'etcd-1' }, { name: 'etcd-2' }] },
    });
    await three.stop(three.members[1] ?? { name: '', client: '', peer: '', folder: '' });
    const down = await checkHealth(three.etcd);
    expect(down).toMatchObject({ ok: false, said: { reason: 'EtcdMemberDown', message: expect.stringContaining('etcd-1') } });
    expect(await revisionOf(three.etcd)).toMatchObject({ ok: false, said: { reason: 'EtcdMemberDown' } });
  } finally {
    await three.remove();
  }
});

test('the folder of a member that is gone needs no clearing', async () => {
  await expect(dropSnapshot(here.etcd, { member: 'etcd-9', path: join(here.folder, 'x') })).resolves.toBeUndefined();
});
