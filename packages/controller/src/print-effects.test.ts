import { ConfigMap, Deployment, Namespace, Secret } from '@godwit/api';
import { expect, test } from 'vitest';
import type { Effect } from './effect.ts';
import { printEffects } from './print-effects.ts';

const metadata = { namespace: 'shop', name: 'web' };

test.each<[string, Effect]>([
  [
    'create ConfigMap shop/web on target',
    { do: 'create', on: 'target', resource: ConfigMap, object: { apiVersion: 'v1', kind: 'ConfigMap', metadata } },
  ],
  ['apply Namespace shop on host', { do: 'apply', on: 'host', resource: Namespace, object: { metadata: { name: 'shop' } } }],
  [
    'patch Deployment shop/web (scale) on source: {"spec":{"replicas":0}}',
    { do: 'patch', on: 'source', resource: Deployment, name: metadata, patch: { spec: { replicas: 0 } }, subresource: 'scale' },
  ],
  [
    'patch Secret shop/web on source: <redacted>',
    { do: 'patch', on: 'source', resource: Secret, name: metadata, patch: { data: { a: 'aHVudGVyMg==' } } },
  ],
  ['delete Deployment shop/web on source', { do: 'delete', on: 'source', resource: Deployment, name: metadata }],
  ['run copy: copies 3 volumes', { do: 'task', name: 'copy', about: 'copies 3 volumes', run: async () => {} }],
])('a dry run prints %s', (line, effect) => {
  expect(printEffects([effect])).toEqual([line]);
});

test('a dry run prints nothing of a Secret but its name', () => {
  const object = { apiVersion: 'v1', kind: 'Secret', metadata, stringData: { a: 'hunter2' } };
  const lines = printEffects([
    { do: 'create', on: 'host', resource: Secret, object },
    { do: 'apply', on: 'host', resource: Secret, object },
  ]);
  expect(lines.join('\n')).not.toContain('hunter2');
});
