import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { clusterOf, type EtcdHere, etcdHere, type MemberHere, runningEtcd } from '../../../test/etcd-here.ts';
import { runHere } from '../../../test/run-here.ts';
import { type SnapshotServer, serveSnapshot } from '../../../test/snapshot-server.ts';
import { type Snapshot, takeSnapshot } from '../snapshot/take-snapshot.ts';
import { checkRestored, differingCount } from './check-restored.ts';
import { ETCD_INIT_SCRIPT } from './etcd-init-script.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let server: SnapshotServer;
let snapshot: Snapshot;
beforeAll(async () => {
  const source = await runningEtcd(1);
  for (let at = 0; at < 5; at += 1) await source.ctl('put', `/registry/leases/ns/${at}`, 'x');
  const taken = await takeSnapshot(source.etcd, { runId: 'r', writersStopped: true });
  if (!taken.ok) throw new Error(taken.said.message);
  snapshot = taken.value;
  server = await serveSnapshot(await readFile(snapshot.path));
  await source.remove();
});
afterAll(() => server?.close());

let here: EtcdHere | undefined;
afterEach(() => here?.remove());

const restore = async ({ members, tools }: EtcdHere, member: MemberHere, changes: Record<string, string> = {}) => {
  const words = ['etcd-init', member.folder, join(member.folder, 'backup'), join(member.folder, 'log'), '/nonexistent', '60'];
  const env = {
    RESTORE_URL_ETCD: `${server.url}/s.db`,
    RESTORE_SHA256: snapshot.sha256,
    POD_NAME: member.name,
    INITIAL_CLUSTER: clusterOf(members),
    INITIAL_CLUSTER_TOKEN: 'etcd-cluster',
    ...changes,
  };
  const result = await runHere(tools, ['/bin/sh', '-c', ETCD_INIT_SCRIPT, ...words], { env });
  if (result.exitCode !== 0) throw new Error(result.stderr);
};

test.each([1, 3])(
  'G-H13 %i members restored from one snapshot are one cluster with a bumped revision and the same keys',
  async (replicas) => {
    here = await etcdHere(replicas);
    for (const member of here.members) await restore(here, member);
    for (const member of here.members) here.start(member);
    await here.healthy();
    const outcome = await checkRestored(here.etcd, snapshot);
    expect(outcome).toMatchObject({ ok: true });
    const health = outcome.ok ? outcome.value : undefined;
    expect(new Set(health?.members.map(({ id }) => id)).size).toBe(replicas);
    expect(health?.revision).toBeGreaterThanOrEqual(1_000_000_000 + snapshot.revision);
    await here.ctl('put', '/registry/leases/ns/new', 'seen');
    const last = here.members.at(-1)?.client ?? '';
    expect(
      (await runHere(here.tools, ['etcdctl', `--endpoints=${last}`, 'get', '--print-value-only', '/registry/leases/ns/new'])).stdout,
    ).toBe('seen\n');
  },
);

test('G-H13 members that were restored as three clusters of one are a split brain', async () => {
  here = await etcdHere(3);
  for (const member of here.members) {
    await restore(here, member, { INITIAL_CLUSTER: `${member.name}=${member.peer}` });
    here.start(member);
  }
  await here.healthy();
  expect(await checkRestored(here.etcd, snapshot)).toMatchObject({ ok: false, said: { reason: 'EtcdSplitBrain' } });
});

test('G-H13 a member of a foreign token finds no cluster, and is named', async () => {
  here = await etcdHere(3);
  for (const member of here.members) {
    await restore(here, member, member.name === 'etcd-2' ? { INITIAL_CLUSTER_TOKEN: 'foreign' } : {});
    here.start(member);
  }
  await runHere(here.tools, ['etcdctl', `--endpoints=${here.members[0]?.client}`, '--command-timeout=20s', 'endpoint', 'health']);
  expect(await checkRestored(here.etcd, snapshot)).toMatchObject({
    ok: false,
    said: { reason: 'EtcdMemberDown', message: expect.stringContaining('etcd-2') },
  });
});

test('G-H13 a member that was restored from another snapshot is told by the hash of its keys', async () => {
  const other = await runningEtcd(1);
  for (let at = 0; at < 5; at += 1) await other.ctl('put', `/registry/leases/ns/${at}`, 'y');
  const taken = await takeSnapshot(other.etcd, { runId: 'r', writersStopped: true });
  const foreign = await serveSnapshot(await readFile(taken.ok ? taken.value.path : ''));
  here = await etcdHere(3);
  for (const member of here.members) {
    const changes = { RESTORE_URL_ETCD: `${foreign.url}/s.db`, RESTORE_SHA256: '' };
    await restore(here, member, member.name === 'etcd-2' ? changes : {});
    here.start(member);
  }
  await here.healthy();
  expect(await checkRestored(here.etcd, snapshot)).toMatchObject({ ok: false, said: { reason: 'EtcdCorrupt' } });
  await Promise.all([foreign.close(), other.remove()]);
});

test('a restore of another snapshot is told by its keys, and an etcd that was not restored by its revision', async () => {
  here = await etcdHere(1);
  const [member] = here.members;
  if (!member) throw new Error('no member');
  await restore(here, member);
  here.start(member);
  await here.healthy();
  const more = await checkRestored(here.etcd, { keys: { ...snapshot.keys, secrets: 3 } });
  expect(more).toMatchObject({
    ok: false,
    said: { reason: 'RestoreDiffers', message: expect.stringContaining('0 keys of secrets instead of 3') },
  });
  await here.remove();
  here = await runningEtcd(1);
  await mkdir(here.etcd.backupFolder, { recursive: true });
  expect(await checkRestored(here.etcd, snapshot)).toMatchObject({ ok: false, said: { reason: 'RestoreDiffers' } });
});

test.each([
  ['equal counts', { a: 1 }, { a: 1 }, undefined],
  ['a missing resource', { a: 1, b: 2 }, { a: 1 }, '0 keys of b instead of 2'],
  ['what goes by itself', { events: 9, masterleases: 1 }, {}, undefined],
  ['a new resource', { a: 1 }, { a: 1, c: 1 }, '1 keys of c instead of 0'],
])('%s', (_title, saved, restored, said) => {
  expect(differingCount(saved, restored)).toBe(said);
});
