import { expect, test } from 'vitest';
import { labelledObjects } from './apply-label.ts';

test.each([
  [
    'rbac.authorization.k8s.io/v1/clusterroles/klusterlet',
    { group: 'rbac.authorization.k8s.io', version: 'v1', resource: 'clusterroles', name: 'klusterlet' },
  ],
  [
    'apps/v1/deployments/agent/klusterlet',
    { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'agent', name: 'klusterlet' },
  ],
  ['v1/secrets/agent/key', { group: '', version: 'v1', resource: 'secrets', namespace: 'agent', name: 'key' }],
  ['v1/namespaces/agent', { group: '', version: 'v1', resource: 'namespaces', name: 'agent' }],
])('T33 %s names an object', (text, object) => {
  expect(labelledObjects(text)).toEqual([object]);
});

test('T33 nothing names nothing, and what is named twice counts once', () => {
  expect(labelledObjects(undefined)).toEqual([]);
  expect(labelledObjects('')).toEqual([]);
  expect(labelledObjects('v1/namespaces/a, v1/namespaces/a,v1/namespaces/b').map(({ name }) => name)).toEqual(['a', 'b']);
});

test.each(['v1/namespaces', 'a/b/c/d/e/f', 'v1//x'])('T33 %s is refused in upstream’s words', (text) => {
  expect(() => labelledObjects(text)).toThrow(`invalid apply-label obj in annotation value: ${text}`);
});
