import { ConfigMap, CustomResourceDefinition, NAMESPACE, Namespace } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { clusterPair, eventually } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { startOperator } from '../operator.ts';
import { settingsFrom } from '../settings.ts';
import { hostedOptionsFrom } from './settings.ts';

const { host, source } = await clusterPair();
const supported = { namespace: 'hypershift', name: 'supported-versions' };

const start = async (client: typeof host) => {
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  const operator = startOperator({
    host: client,
    settings: settingsFrom({}),
    hosted: hostedOptionsFrom({ latestVersion: '4.21.0' }, { context: 'alpha', inCluster: false }),
    log: silentLog,
  });
  return { ...operator, [Symbol.asyncDispose]: operator.stop };
};

test('one operator serves hosted clusters beside migrations', async () => {
  await using operator = await start(host);
  await operator.ready;
  await eventually(() => host.get(ConfigMap, supported), { client: host }).toMatchObject({
    data: { 'supported-versions': expect.stringContaining('{"versions":["4.21","4.20"') },
  });
  // the kinds of the seed are served, too, which takes a webhook that answers
  await eventually(() => host.request('GET', '/apis/hypershift.openshift.io/v1alpha1/hostedclusters')).toMatchObject({ items: [] });
});

test('an operator on a cluster without the kinds of hosted clusters serves migrations alone', async () => {
  await source.delete(CustomResourceDefinition, { name: 'nodepools.hypershift.openshift.io' });
  await eventually(() => source.get(CustomResourceDefinition, { name: 'nodepools.hypershift.openshift.io' })).toBeUndefined();
  await using operator = await start(source);
  await operator.ready;
  expect(await source.get(ConfigMap, supported)).toBeUndefined();
});
