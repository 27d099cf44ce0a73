import { expect, test } from 'vitest';
import { incompatibleResources, type Served } from './gvk.ts';

const served = (group: string, version: string, kind: string, more: Partial<Served> = {}): Served => ({
  group,
  version,
  kind,
  plural: `${kind.toLowerCase()}s`,
  preferred: true,
  scope: 'Namespaced',
  verbs: ['list'],
  ...more,
});

test.each<[string, Served[], Served[], string[]]>([
  ['the same is compatible', [served('apps', 'v1', 'Deployment')], [served('apps', 'v1', 'Deployment')], []],
  [
    'a version that is served but not preferred is compatible',
    [served('batch', 'v1', 'Job')],
    [served('batch', 'v2', 'Job'), served('batch', 'v1', 'Job', { preferred: false })],
    [],
  ],
  ['another version only is not', [served('x.io', 'v1', 'Widget')], [served('x.io', 'v2', 'Widget')], ['Widget']],
  ['a kind that is not there is not', [served('x.io', 'v1', 'Widget')], [], ['Widget']],
  [
    'a group that serves the same objects is compatible',
    [served('extensions', 'v1beta1', 'Deployment')],
    [served('apps', 'v1', 'Deployment')],
    [],
  ],
  [
    'that holds for listed kinds only',
    [served('extensions', 'v1beta1', 'Ingress', { plural: 'ingresses' })],
    [served('networking.k8s.io', 'v1', 'Ingress', { plural: 'ingresses' })],
    ['Ingress'],
  ],
  ['what cannot be listed does not count', [served('x.io', 'v1', 'Review', { verbs: ['create'] })], [], []],
  ['what the source does not prefer does not count', [served('x.io', 'v1', 'Widget', { preferred: false })], [], []],
  ['what is excluded does not count', [served('x.io', 'v1', 'Secret')], [], []],
  ['nor what is excluded with its group', [served('y.io', 'v1', 'Gadget')], [], []],
  ['cluster-wide kinds do not count', [served('x.io', 'v1', 'Wide', { scope: 'Cluster' })], [], []],
])('%s', (_title, source, destination, expected) => {
  expect(incompatibleResources(source, destination, ['secrets', 'gadgets.y.io']).map(({ kind }) => kind)).toEqual(expected);
});

test('definitions count only when their API versions differ', () => {
  const crd = (version: string) => served('apiextensions.k8s.io', version, 'CustomResourceDefinition', { scope: 'Cluster' });
  expect(incompatibleResources([crd('v1beta1')], [crd('v1')], [])).toHaveLength(1);
  expect(incompatibleResources([crd('v1')], [crd('v1')], [])).toEqual([]);
});
