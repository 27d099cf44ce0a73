import { ConfigMap, Secret } from '@godwit/api';
import { expect, test } from 'vitest';
import { MOVED_BY } from '../names.ts';
import { unshared } from './clear-destination.ts';

const brought = (resource: typeof Secret | typeof ConfigMap, name: string, move: string | undefined) => ({
  resource,
  object: { apiVersion: 'v1', kind: resource.kind, metadata: { name, annotations: move === undefined ? {} : { [MOVED_BY]: move } } },
});

const other = { spec: { pullSecret: { name: 'pull' }, platform: { type: 'None' }, etcd: {}, networking: {} } };

test('undoing takes away what came with the move, not what was there before or what another cluster refers to by now', () => {
  const there = [
    brought(Secret, 'etcd-key', 'ours'),
    brought(Secret, 'pull', 'ours'),
    brought(Secret, 'earlier', 'another move'),
    brought(Secret, 'unmarked', undefined),
    brought(ConfigMap, 'trust', 'ours'),
    brought(ConfigMap, 'pool-config', 'ours'),
  ];
  const pools = [{ metadata: { name: 'p' }, spec: { config: [{ name: 'pool-config' }] } }];
  const left = unshared(there, [{ cluster: other as never, pools: pools as never }], 'ours');
  expect(left.map(({ object }) => object.metadata.name)).toEqual(['etcd-key', 'trust']);
});
