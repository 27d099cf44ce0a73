import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigMap, Deployment, HostedCluster, Namespace, StatefulSet } from '@godwit/api';
import { carryOut, type Phase, systemClock, type Verdict } from '@godwit/controller';
import { isApiError } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import { aHostedCluster, clusterPair, freshNamespace } from '@godwit/testkit';
import { afterAll, expect, test } from 'vitest';
import { fenceSource } from '../phases/fence-source.ts';
import { freezeSource } from '../phases/freeze.ts';
import { restartSource } from '../phases/restart-source.ts';
import { unfreezeSource } from '../phases/unfreeze-source.ts';
import { stopWriters } from '../phases/writers.ts';
import { clustersOf, type Move, type Scope } from '../scope.ts';

const { source, host: target } = await clusterPair();
const buckets = mkdtempSync(join(tmpdir(), 'godwit-moves-'));
afterAll(() => rm(buckets, { recursive: true }));

const BAR = [{ name: 'godwit-fence', image: 'i' }];
const podsOf = (app: string) => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: app, image: 'i' }], initContainers: BAR },
});

/** A hosted cluster whose etcd and API server are ended and barred, as they are while the first of two moves fences it. */
const room = async () => {
  const namespace = await freshNamespace(source, 'clusters');
  const infraID = `sample-${randomBytes(3).toString('hex')}`;
  const home = `${namespace}-sample`;
  const name = { namespace, name: 'sample' };
  await source.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: home } });
  await source.create(HostedCluster, aHostedCluster({ ...name, infraID } as never));
  const workload = (app: string) => ({
    metadata: { namespace: home, name: app },
    spec: { replicas: 0, selector: { matchLabels: { app } }, template: podsOf(app) },
  });
  await source.create(StatefulSet, { apiVersion: 'apps/v1', kind: 'StatefulSet', ...workload('etcd') } as never);
  await source.create(Deployment, { apiVersion: 'apps/v1', kind: 'Deployment', ...workload('kube-apiserver') } as never);

  /** A move of it with a bucket of its own, as its operator sees it. */
  const scopeOf = (uid: string, status: NonNullable<Move['status']> = {}): Scope => {
    const move = { metadata: { namespace: 'hypershift', name: uid, uid }, spec: { hostedCluster: name }, status } as unknown as Move;
    const world = { settings: { namespace: 'hypershift', managementCluster: `mgmt-of-${uid}` }, clock: systemClock } as Scope['world'];
    const path = join(buckets, infraID, uid);
    mkdirSync(path, { recursive: true });
    const store = openStore({ kind: 'folder', path });
    return { world, move, source, target, store, at: { source: { ...name, home }, target: { ...name, home } } } as unknown as Scope;
  };
  const effectsOf = async (scope: Scope, { effects }: Verdict) => carryOut(effects, clustersOf(scope), { fieldManager: 'test' });
  const round = async (phase: Phase<Scope, Move>, scope: Scope): Promise<Verdict> => {
    const verdict = await phase.judge(scope, scope.move);
    await effectsOf(scope, verdict);
    return verdict;
  };
  const kept = async () => {
    const found = await source.get(ConfigMap, { namespace: 'hypershift', name: `fence-${infraID}` });
    return found && JSON.parse(found.data?.fence ?? '').move;
  };
  const fence = `fence/${infraID}/000001.json`;
  return { name, fence, scopeOf, round, effectsOf, kept, cluster: () => source.get(HostedCluster, name) };
};

const noted = { source: { pools: {}, pausedUntil: null } };

test('two moves with a bucket each do not freeze one source: the second is told who has it (G-H3)', async () => {
  const { scopeOf, round, effectsOf, cluster } = await room();
  const late = await freezeSource.judge(scopeOf('second'), scopeOf('second').move);
  expect(await round(freezeSource, scopeOf('first'))).toMatchObject({ outcome: 'wait' });
  await expect(effectsOf(scopeOf('second'), late)).rejects.toSatisfy((error) => isApiError(error, 'Conflict'));
  expect(await round(freezeSource, scopeOf('second'))).toMatchObject({
    outcome: 'fail',
    said: { reason: 'SourceTaken', message: expect.stringContaining('HostedClusterMigration hypershift/first on mgmt-of-first') },
  });
  expect((await cluster())?.spec.pausedUntil).toBeUndefined();
});

test('the way back of a move that came second starts nothing and lifts no fence of the first (G-H3)', async () => {
  const { fence, scopeOf, round, kept, cluster } = await room();
  await round(freezeSource, scopeOf('first'));
  await round(fenceSource, scopeOf('first', { ...noted, epoch: 1, fence }));
  expect(await round(fenceSource, scopeOf('first', { ...noted, epoch: 1, fence }))).toMatchObject({ outcome: 'advance' });
  const second = scopeOf('second', { ...noted, epoch: 1, fence });
  for (const phase of [restartSource, unfreezeSource])
    expect(await round(phase, second)).toMatchObject({ outcome: 'advance', said: { reason: 'LeftToOther' }, effects: [] });
  expect(await kept()).toBe('first');
  expect((await cluster())?.metadata.annotations?.['godwit.io/fence']).toBe(fence);
});

test('a fence that another move keeps on the source holds also when its claim was taken away by hand (G-H3)', async () => {
  const { name, fence, scopeOf, round, kept } = await room();
  await round(fenceSource, scopeOf('first', { ...noted, epoch: 1, fence }));
  await source.patch(HostedCluster, name, { metadata: { annotations: { 'godwit.io/fence': null } } });
  const second = scopeOf('second', { ...noted, epoch: 1, fence });
  expect(await round(freezeSource, second)).toMatchObject({ outcome: 'fail', said: { reason: 'SourceTaken' } });
  expect(await round(fenceSource, second)).toMatchObject({ outcome: 'fail', said: { reason: 'FenceTaken' } });
  expect(await round(restartSource, second)).toMatchObject({ outcome: 'advance', said: { reason: 'LeftToOther' }, effects: [] });
  expect(await kept()).toBe('first');
});

test('a move that is taken back lets go of its claim and of its fence, and of nothing before that (G-H11)', async () => {
  const { fence, scopeOf, round, kept, cluster } = await room();
  const move = scopeOf('only', { ...noted, epoch: 1, fence });
  await round(freezeSource, scopeOf('only'));
  await round(fenceSource, move);
  expect(await kept()).toBe('only');
  await round(restartSource, move);
  expect(await kept()).toBeUndefined();
  expect((await cluster())?.metadata.annotations).toMatchObject({ 'godwit.io/move-claim': expect.stringContaining('only') });
  expect(await round(unfreezeSource, move)).toMatchObject({ outcome: 'advance', said: { reason: 'Done' } });
  expect((await cluster())?.metadata.annotations ?? {}).toEqual({});
});

test('a hosted cluster that is deleted in the middle of its move is not carried along, and its way back ends', async () => {
  const { name, fence, scopeOf, round, kept, cluster } = await room();
  const move = scopeOf('only', { ...noted, epoch: 1, fence });
  await source.patch(HostedCluster, name, { metadata: { finalizers: ['example.test/holds'] } });
  await round(freezeSource, scopeOf('only'));
  await round(fenceSource, move);
  await source.delete(HostedCluster, name);
  for (const phase of [freezeSource, stopWriters, fenceSource])
    expect(await round(phase, move)).toMatchObject({ outcome: 'fail', said: { reason: 'SourceDeleting' }, effects: [] });
  await source.patch(HostedCluster, name, { metadata: { finalizers: null } });
  expect(await cluster()).toBeUndefined();
  for (const phase of [freezeSource, stopWriters, fenceSource])
    expect(await round(phase, move)).toMatchObject({ outcome: 'fail', said: { reason: 'SourceDeleting' }, effects: [] });
  for (const phase of [restartSource, unfreezeSource])
    expect(await round(phase, move)).toMatchObject({ outcome: 'advance', said: { reason: 'NothingToReturn' } });
  expect(await kept()).toBeUndefined();
});

test('a pool that goes between the freeze and the fence is missed', async () => {
  const { fence, scopeOf, round } = await room();
  await round(freezeSource, scopeOf('only'));
  const move = scopeOf('only', { source: { pools: { a: null }, pausedUntil: null }, epoch: 1, fence });
  expect(await round(fenceSource, move)).toMatchObject({
    outcome: 'fail',
    said: { message: expect.stringMatching(/NodePool .*\/a is gone/) },
  });
});
