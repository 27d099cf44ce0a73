import type { KubeObject } from '@godwit/kube';
import { expect, test } from 'vitest';
import { alteredPaths } from './altered.ts';

const object = (spec: unknown, metadata: object = {}): KubeObject =>
  ({ apiVersion: 'v1', kind: 'Thing', metadata: { name: 'a', ...metadata }, spec }) as KubeObject;

test.each<[string, KubeObject, KubeObject, string[]]>([
  ['an object that was stored as sent', object({ replicas: 3 }), object({ replicas: 3 }), []],
  ['defaults that the server added', object({ replicas: 3 }), object({ replicas: 3, strategy: 'RollingUpdate' }), []],
  ['a changed field', object({ replicas: 3 }), object({ replicas: 1 }), ['spec.replicas']],
  ['a dropped field', object({ replicas: 3, extra: 'x' }), object({ replicas: 3 }), ['spec.extra']],
  ['empty values that a server drops', object({ list: [], map: {}, text: '', no: false, zero: 0, nothing: null }), object({}), []],
  [
    'a list with a container that a webhook added at its end',
    object({ containers: [{ name: 'a' }] }),
    object({ containers: [{ name: 'a' }, { name: 'sidecar' }] }),
    [],
  ],
  [
    'a list that lost an entry',
    object({ containers: [{ name: 'a' }, { name: 'b' }] }),
    object({ containers: [{ name: 'a' }] }),
    ['spec.containers'],
  ],
  [
    'a field deep in a list',
    object({ containers: [{ image: 'a:1' }] }),
    object({ containers: [{ image: 'b:1' }] }),
    ['spec.containers[0].image'],
  ],
  ['a dropped label', object({}, { labels: { app: 'shop' } }), object({}), ['metadata.labels']],
  ['what the server alone decides', object({}, { uid: '1', resourceVersion: '2', generation: 3 }), object({}, { uid: '9' }), []],
])('%s', (_title, sent, stored, paths) => {
  expect(alteredPaths(sent, stored)).toEqual(paths);
});
