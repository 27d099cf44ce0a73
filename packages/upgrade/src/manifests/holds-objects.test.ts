import type { KubeObject } from '@godwit/kube';
import { expect, test } from 'vitest';
import { isEverywhere } from './holds-objects.ts';

const object = (kind: string, name: string, more: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, ...metadata },
  ...more,
});

test.each<[string, KubeObject, boolean]>([
  ['the certificate of the API server', object('ConfigMap', 'kube-root-ca.crt'), true],
  ['a ConfigMap of somebody', object('ConfigMap', 'orders'), false],
  ['the account that pods have by default', object('ServiceAccount', 'default'), true],
  ['an account of somebody', object('ServiceAccount', 'shop'), false],
  ['a token of an account', object('Secret', 'default-token-x', { type: 'kubernetes.io/service-account-token' }), true],
  ['a password', object('Secret', 'password', { type: 'Opaque' }), false],
  ['a right that OpenShift gives in every namespace', object('RoleBinding', 'system:image-pullers'), true],
  ['a right that somebody gives', object('RoleBinding', 'admins'), false],
  [
    'a copy that operators make everywhere',
    object('ClusterServiceVersion', 'x', {}, { labels: { 'olm.copiedFrom': 'openshift-operators' } }),
    true,
  ],
  ['an operator', object('ClusterServiceVersion', 'x'), false],
  ['a pod', object('Pod', 'default'), false],
])('%s', (_title, each, everywhere) => {
  expect(isEverywhere(each)).toBe(everywhere);
});
