import { annotations, CustomResourceDefinition, crd, HostedCluster, Namespace, NodePool, restoreUrls } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { programPath } from '@godwit/devcluster';
import type { KubeObject, Resource } from '@godwit/kube';
import { aHostedCluster, aNodePool, answerOf, clusterPair, eventually, run } from '@godwit/testkit';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { localAddressTowards } from './local-address.ts';
import { type Conversion, startConversion } from './start-conversion.ts';

type Loose = KubeObject & { spec: Record<string, unknown> };

const { host: client, controlPlanes } = await clusterPair();
const kubectl = await programPath('kubectl');
const namespace = 'clusters';
const OLD = 'hypershift.openshift.io/v1alpha1';
const OldNodePool: Resource<Loose> = { ...NodePool, version: 'v1alpha1', object: {} as Loose };
const OldHostedCluster: Resource<Loose> = { ...HostedCluster, version: 'v1alpha1', object: {} as Loose };

/** The pool of the documentation, with what its manifest leaves to the reader. */
const documented = `
apiVersion: hypershift.openshift.io/v1alpha1
kind: NodePool
metadata:
  name: nodepool-1
  namespace: clusters
spec:
  clusterName: demo
  release:
    image: registry.example/release:4.21.0
  platform:
    type: None
  management:
    upgradeType: InPlace
  nodeCount: 2
  config:
  - name: configmap-1
  tuningConfig:
  - name: tuned-1
`;

const isServed = async (resource: Resource): Promise<boolean> =>
  client.list(resource, { namespace }).then(
    () => true,
    () => false,
  );

const started = async (): Promise<Conversion> => {
  const host = await localAddressTowards(client.server);
  return startConversion({ client, log: silentLog, namespace, address: { host, port: 0 } });
};

beforeAll(async () => {
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
});

test('without a webhook pools are served in v1beta1, and in nothing that would lose fields', async () => {
  await client.create(NodePool, aNodePool({ name: 'before' }));
  expect(await isServed(NodePool)).toBe(true);
  expect(await isServed(OldNodePool)).toBe(false);
});

describe('with a webhook', () => {
  let conversion: Conversion;

  beforeAll(async () => {
    conversion = await started();
    const running = run(() => [conversion.controller]);
    await eventually(async () => [await isServed(OldNodePool), await isServed(OldHostedCluster)], { client }).toEqual([true, true]);
    return async () => {
      await running[Symbol.asyncDispose]();
      await conversion.close();
    };
  });

  test('the documented v1alpha1 pool is taken and reads the same in both versions', async () => {
    const manifest = parse(documented) as Loose;
    await client.create(OldNodePool, manifest);
    const name = { namespace, name: 'nodepool-1' };
    const now = await client.get(NodePool, name);
    expect(now).toMatchObject({
      apiVersion: 'hypershift.openshift.io/v1beta1',
      spec: { replicas: 2, tuningConfig: [{ name: 'tuned-1' }] },
    });
    expect(now?.spec).not.toHaveProperty('nodeCount');
    const old = await client.get(OldNodePool, name);
    expect(old).toMatchObject({ apiVersion: OLD, spec: manifest.spec });
    expect(old?.spec).not.toHaveProperty('replicas');
    expect(old?.metadata.annotations ?? {}).not.toHaveProperty(annotations.v1alpha1Fields);
  });

  test('kubectl applies a v1alpha1 manifest again and again, warns, and prints the same columns for both versions', async () => {
    const run = (args: string[], input = '') => execa(kubectl, ['--kubeconfig', controlPlanes.host.kubeconfigPath, ...args], { input });
    const manifest = documented.replace('nodepool-1', 'applied');
    const first = await run(['apply', '-f', '-'], manifest);
    expect(first.stderr).toContain('Warning: v1alpha1 is a deprecated version for NodePool');
    expect((await run(['apply', '-f', '-'], manifest)).stdout).toContain('unchanged');
    await run(['apply', '--server-side', '--field-manager=other', '-f', '-'], manifest);
    const get = (resource: string) => run(['-n', namespace, 'get', resource, 'applied']);
    const now = await get('nodepools.v1beta1.hypershift.openshift.io');
    expect(now.stdout).toMatch(/^NAME +CLUSTER +DESIRED NODES +CURRENT NODES .*\napplied +demo +2 /);
    expect((await get('nodepools.v1alpha1.hypershift.openshift.io')).stdout).toMatch(/^NAME +CLUSTER +DESIRED NODES/);
  });

  test('a pool is scaled in v1beta1 whatever it was written in', async () => {
    await client.create(OldNodePool, { ...(parse(documented) as Loose), metadata: { namespace, name: 'scaled' } });
    await client.patch(NodePool, { namespace, name: 'scaled' }, { spec: { replicas: 5 } });
    const old = await client.get(OldNodePool, { namespace, name: 'scaled' });
    expect(old?.spec.replicas).toBe(5);
    expect(old?.spec).not.toHaveProperty('nodeCount');
  });

  test('a hosted cluster of v1beta1 survives being written back in v1alpha1', async () => {
    const networking = {
      clusterNetwork: [{ cidr: '10.132.0.0/14', hostPrefix: 23 }],
      serviceNetwork: [{ cidr: '172.31.0.0/16' }],
      networkType: 'Other' as const,
    };
    const configuration = { proxy: { httpProxy: 'http://proxy.example' } };
    const before = await client.create(HostedCluster, aHostedCluster({ name: 'back', networking, configuration }));
    const old = await client.get(OldHostedCluster, { namespace, name: 'back' });
    expect(old?.spec).toMatchObject({
      networking: { podCIDR: '10.132.0.0/14' },
      configuration: { items: [{ kind: 'Proxy', spec: configuration.proxy }] },
    });
    await client.replace(OldHostedCluster, { ...(old as Loose), spec: { ...old?.spec, pausedUntil: 'true' } });
    const after = await client.get(HostedCluster, { namespace, name: 'back' });
    expect(after?.spec).toEqual({ ...before.spec, pausedUntil: 'true' });
  });

  test('several restore URLs of v1alpha1 become one, and all stay known', async () => {
    const urls = ['https://a.example/0', 'https://a.example/1', 'https://a.example/1'];
    const cluster = aHostedCluster({ name: 'urls' });
    const etcd = { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', restoreSnapshotURL: urls } } };
    await client.create(OldHostedCluster, { ...cluster, apiVersion: OLD, spec: { ...cluster.spec, etcd } });
    const now = await client.get(HostedCluster, { namespace, name: 'urls' });
    expect(now?.spec.etcd.managed?.storage.restoreSnapshotURL).toEqual(urls.slice(0, 1));
    expect(now && restoreUrls(now)).toEqual(urls);
  });

  test.each<[string, object, string]>([
    ['a time with a tail', { pausedUntil: '2024-01-01T00:00:00banana' }, 'PausedUntil must be a date'],
    [
      'ranges that overlap',
      { networking: { podCIDR: '172.16.0.0/16', serviceCIDR: '172.16.0.0/24' } },
      'must be unique and non-overlapping',
    ],
    [
      'a snapshot over http',
      { etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', restoreSnapshotURL: ['http://a'] } } } },
      'scheme https or s3',
    ],
  ])('%s is refused in v1alpha1 as in v1beta1', async (_title, change, answer) => {
    const cluster = aHostedCluster({ name: 'tried' });
    const old = { ...cluster, apiVersion: OLD, spec: { ...cluster.spec, ...change } };
    expect(await answerOf(client.create(OldHostedCluster, old, { dryRun: true }))).toContain(answer);
  });

  test('configuration that is none is refused in words', async () => {
    const cluster = aHostedCluster({ name: 'wrong' });
    const configuration = { items: [{ apiVersion: 'v1', kind: 'Secret' }] };
    const created = client.create(OldHostedCluster, { ...cluster, apiVersion: OLD, spec: { ...cluster.spec, configuration } });
    await expect(created).rejects.toThrow('invalid resource type found in configuration');
  });

  test('definitions that are installed anew are pointed at the webhook again', async () => {
    await client.apply(CustomResourceDefinition, crd(NodePool), { fieldManager: 'installer', force: true });
    await eventually(() => client.get(CustomResourceDefinition, { name: 'nodepools.hypershift.openshift.io' }), { client }).toMatchObject({
      spec: { conversion: { strategy: 'Webhook' }, versions: [{ served: true }, { served: true }] },
    });
    await eventually(() => isServed(OldNodePool), { client }).toBe(true);
  });
});

describe('when the webhook is gone', () => {
  test('v1alpha1 fails, and v1beta1 goes on', async () => {
    await expect(client.get(OldNodePool, { namespace, name: 'nodepool-1' })).rejects.toThrow('conversion webhook');
    expect(await client.get(NodePool, { namespace, name: 'nodepool-1' })).toMatchObject({ spec: { replicas: 2 } });
    await client.patch(NodePool, { namespace, name: 'nodepool-1' }, { spec: { replicas: 3 } });
    await client.create(NodePool, aNodePool({ name: 'after' }));
    expect((await client.list(NodePool, { namespace })).items.map(({ metadata }) => metadata.name)).toContain('after');
  });
});
