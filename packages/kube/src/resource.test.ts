import { expect, test } from 'vitest';
import { apiVersionOf, resource, resourcePath } from './resource.ts';

const Pod = resource('v1', 'Pod', 'pods');
const Deployment = resource('apps/v1', 'Deployment', 'deployments');
const Node = resource('v1', 'Node', 'nodes', 'Cluster');

test.each([
  ['all objects of the core group', resourcePath(Pod), '/api/v1/pods'],
  ['all objects of a namespace', resourcePath(Pod, { namespace: 'shop' }), '/api/v1/namespaces/shop/pods'],
  ['an object', resourcePath(Deployment, { namespace: 'shop', name: 'web' }), '/apis/apps/v1/namespaces/shop/deployments/web'],
  ['a subresource', resourcePath(Pod, { namespace: 'shop', name: 'web' }, 'log'), '/api/v1/namespaces/shop/pods/web/log'],
  ['a cluster-scoped object', resourcePath(Node, { namespace: 'ignored', name: 'n1' }), '/api/v1/nodes/n1'],
  [
    'a name that is no plain path',
    resourcePath(resource('rbac/v1', 'Role', 'roles', 'Cluster'), { name: 'system:a/b' }),
    '/apis/rbac/v1/roles/system%3Aa%2Fb',
  ],
])('the path of %s', (_title, path, expected) => {
  expect(path).toBe(expected);
});

test('an apiVersion names the group, except for the core group', () => {
  expect([apiVersionOf(Pod), apiVersionOf(Deployment)]).toEqual(['v1', 'apps/v1']);
});
