import type { HostedCluster, NodePool } from '@godwit/api';
import { expect, test } from 'vitest';
import { MOVED_BY } from '../names.ts';
import { judgeReferences, poolsInTheWay } from './references.ts';

const at = {
  source: { namespace: 'clusters', name: 'sample', home: 'clusters-sample' },
  target: { namespace: 'here', name: 'sample', home: 'here-sample' },
};
const cluster = { metadata: {}, spec: { pullSecret: { name: 'pull' }, etcd: {} } } as unknown as HostedCluster;
const pool = (name: string, move?: string): NodePool =>
  ({
    metadata: { namespace: 'here', name, annotations: move === undefined ? {} : { [MOVED_BY]: move } },
    spec: { config: [{ name: 'kubelet' }], tuningConfig: [{ name: 'tuned' }] },
  }) as unknown as NodePool;

const holding = (objects: Record<string, string>) =>
  ({
    get: async (_resource: unknown, { namespace, name }: { namespace: string; name: string }) =>
      objects[name] === undefined ? undefined : { metadata: { namespace, name }, data: { text: objects[name] } },
  }) as never;
const whole = { pull: 'a', kubelet: 'b', tuned: 'c' };
const judged = (source: Record<string, string>, target: Record<string, string>) =>
  judgeReferences({ source: holding(source), target: holding(target), at }, cluster, [pool('workers')]);

test('what a pool refers to may be on the destination with the same content, and stands in the way with another', async () => {
  expect(await judged(whole, whole)).toEqual({ missing: [], differing: [] });
  expect(await judged(whole, { kubelet: 'other', tuned: 'other' })).toEqual({
    missing: [],
    differing: ['ConfigMap here/kubelet', 'ConfigMap here/tuned'],
  });
});

test('what the cluster or a pool refers to must be on the source', async () => {
  expect((await judged({ kubelet: 'b' }, {})).missing).toEqual([
    'Secret clusters/pull (spec.pullSecret)',
    'ConfigMap clusters/tuned (NodePool workers spec.tuningConfig)',
  ]);
});

test('a pool of the destination stands in the way by its name, unless this move has put it there', async () => {
  const there = [pool('workers'), pool('others'), pool('mine', 'one'), pool('theirs', 'two')];
  const scope = { at, move: { metadata: { uid: 'one' } } as never, target: { list: async () => ({ items: there }) } as never };
  expect(await poolsInTheWay(scope, [pool('workers'), pool('mine'), pool('theirs')])).toEqual(['here/workers', 'here/theirs']);
});
