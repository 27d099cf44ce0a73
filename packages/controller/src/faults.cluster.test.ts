import { ConfigMap } from '@godwit/api';
import { killComponent, startComponent } from '@godwit/devcluster';
import { clusterPair, eventually, freshNamespace, run } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { keyOf } from './controller.ts';

const { host, source, controlPlanes } = await clusterPair();
const configMap = (namespace: string, name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name } });

test('a controller lives through the death of one API server and goes on with the other meanwhile', async () => {
  const [onHost, onSource] = await Promise.all([freshNamespace(host), freshNamespace(source)]);
  const worked = new Set<string>();
  const watched = [
    { client: host, resource: ConfigMap, namespace: onHost, keys: (object: ConfigMap) => [`host ${keyOf(object)}`] },
    { client: source, resource: ConfigMap, namespace: onSource, keys: (object: ConfigMap) => [`source ${keyOf(object)}`] },
  ];
  const reconcile = async (key: string) => {
    worked.add(key);
    return undefined;
  };
  await using _running = run(() => [{ name: 'faults', sources: watched, reconcile }]);
  await source.create(ConfigMap, configMap(onSource, 'before'));
  await eventually(() => [...worked]).toEqual([`source ${onSource}/before`]);

  const { set, name } = controlPlanes.source;
  await killComponent(set, name, 'kube-apiserver');
  await expect(source.get(ConfigMap, { namespace: onSource, name: 'before' })).rejects.toMatchObject({ name: 'ConnectionError' });
  await host.create(ConfigMap, configMap(onHost, 'meanwhile'));
  await eventually(() => worked.has(`host ${onHost}/meanwhile`)).toBe(true);

  await startComponent(set, name, 'kube-apiserver');
  await eventually(() => source.create(ConfigMap, configMap(onSource, 'after')), { seconds: 50 }).toBeDefined();
  await eventually(() => worked.has(`source ${onSource}/after`), { seconds: 50 }).toBe(true);
}, 120_000);
