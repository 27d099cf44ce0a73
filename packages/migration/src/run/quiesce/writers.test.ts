import { expect, test } from 'vitest';
import { type PodView, podNames, podsNobodyCanStop, podsStillRunning } from './writers.ts';

const pod = (name: string, owner: string | undefined, phase: string, claim?: string): PodView => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace: 'shop',
    name,
    ...(owner === undefined ? {} : { ownerReferences: [{ apiVersion: 'v1', kind: owner, name: 'x', uid: '1' }] }),
  },
  spec: claim === undefined ? {} : { volumes: [{ persistentVolumeClaim: { claimName: claim } }] },
  status: { phase },
});

test.each([
  ['a running pod of a ReplicaSet', pod('web', 'ReplicaSet', 'Running'), 1],
  ['a pending pod of a StatefulSet', pod('db-0', 'StatefulSet', 'Pending'), 1],
  ['a pod whose node does not answer', pod('db-0', 'StatefulSet', 'Unknown'), 1],
  ['a pod that has ended', pod('job', 'Job', 'Succeeded'), 0],
  ['a pod without an owner', pod('bare', undefined, 'Running'), 0],
  ['a pod of a node', pod('mirror', 'Node', 'Running'), 0],
])('%s counts %#', (_title, object, count) => {
  expect(podsStillRunning([object])).toHaveLength(count);
});

test.each([
  ['a bare pod on a claim to be copied', pod('bare', undefined, 'Running', 'data'), 1],
  ['a bare pod on another claim', pod('bare', undefined, 'Running', 'other'), 0],
  ['a bare pod that has ended', pod('bare', undefined, 'Failed', 'data'), 0],
  ['a controlled pod on the claim', pod('web', 'ReplicaSet', 'Running', 'data'), 0],
])('%s cannot be stopped: %#', (_title, object, count) => {
  expect(podsNobodyCanStop([object], new Set(['shop/data']))).toHaveLength(count);
});

test('a message names at most five pods', () => {
  const pods = Array.from({ length: 7 }, (_, at) => pod(`p${at}`, 'Job', 'Running'));
  expect(podNames(pods)).toBe('shop/p0, shop/p1, shop/p2, shop/p3, shop/p4 and 2 more');
});
