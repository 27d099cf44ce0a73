import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Kubeconfig, kubeconfigOf, mergeKubeconfigs } from './kubeconfig.ts';

const accessTo = (name: string) => ({
  name,
  server: `https://${name}:6443`,
  authority: 'CA',
  identity: { certificate: 'CERT', key: 'KEY' },
});

test('a kubeconfig has all it needs in itself', () => {
  expect(parse(kubeconfigOf(accessTo('alpha')))).toEqual({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'alpha',
    clusters: [{ name: 'alpha', cluster: { server: 'https://alpha:6443', 'certificate-authority-data': 'Q0E=' } }],
    users: [{ name: 'alpha-admin', user: { 'client-certificate-data': 'Q0VSVA==', 'client-key-data': 'S0VZ' } }],
    contexts: [{ name: 'alpha', context: { cluster: 'alpha', user: 'alpha-admin' } }],
  });
});

test('joined kubeconfigs have a context for each cluster, and the first is current', () => {
  const joined = parse(mergeKubeconfigs(['alpha', 'beta'].map((name) => parse(kubeconfigOf(accessTo(name))) as Kubeconfig)));
  expect(joined['current-context']).toBe('alpha');
  expect(joined.contexts.map(({ name }: { name: string }) => name)).toEqual(['alpha', 'beta']);
});
