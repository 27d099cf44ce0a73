import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type EtcdHere, runningEtcd } from '../../../test/etcd-here.ts';
import { revisionOf } from './check-health.ts';
import { writtenSince } from './written-since.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let etcd: EtcdHere;
beforeAll(async () => {
  etcd = await runningEtcd(1);
  await etcd.ctl('put', '/registry/leases/ns/a', 'x');
  await etcd.ctl('put', '/registry/masterleases/172.20.0.1', 'x');
});
afterAll(() => etcd.remove());

const saved = async () => {
  const revision = await revisionOf(etcd.etcd);
  if (!revision.ok) throw new Error(revision.said.message);
  return { revision: revision.value, keys: { leases: 1, masterleases: 1 } };
};

test('an etcd that stands still was not written into', async () => {
  expect(await writtenSince(etcd.etcd, await saved())).toEqual({ ok: true, value: undefined });
});

test('a lease that runs out moves the revision, and is no write', async () => {
  const before = await saved();
  await etcd.ctl('del', '/registry/masterleases/172.20.0.1');
  expect(await writtenSince(etcd.etcd, before)).toEqual({ ok: true, value: undefined });
});

test('a key that was written after the snapshot is found, and one that was deleted', async () => {
  const before = await saved();
  await etcd.ctl('put', '/registry/leases/ns/a', 'y');
  expect(await writtenSince(etcd.etcd, before)).toMatchObject({
    ok: true,
    value: expect.stringContaining('a key was written at revision'),
  });
  const again = await saved();
  await etcd.ctl('del', '/registry/leases/ns/a');
  expect(await writtenSince(etcd.etcd, again)).toEqual({ ok: true, value: '0 keys of leases instead of 1' });
});
