import { Cluster, HostedCluster, HostedControlPlane, Machine, Namespace, NodePool } from '@godwit/api';
import { eventually } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { controlledClusters } from '../controlled-clusters.fixture.ts';

const { client, create } = await controlledClusters();

test('a deletion takes the parts down in order, and says at each what it waits for', async () => {
  const hosted = await create();
  await eventually(hosted.plane).toBeDefined();
  const keep = { metadata: { finalizers: ['test/keep'] } };
  const plane = { namespace: hosted.home, name: 'sample' };
  await client.patch(HostedControlPlane, plane, keep);
  const pool = { namespace: hosted.namespace, name: 'workers' };
  await client.create(NodePool, {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'NodePool',
    metadata: { ...pool, ...keep.metadata },
    spec: {
      clusterName: 'sample',
      replicas: 0,
      release: { image: 'registry.example/release:4.21.0' },
      platform: { type: 'None' },
      management: { upgradeType: 'Replace' },
    },
  } as NodePool);
  await client.delete(HostedCluster, hosted.name);
  const deleting = () => hosted.condition('HostedClusterDeleting');
  const letGo = { metadata: { finalizers: null } };

  await eventually(deleting, { client }).toMatchObject({
    status: 'True',
    reason: 'WaitingForNodePoolDeletion',
    message: `Waiting for NodePool ${hosted.namespace}/workers (finalizers test/keep) to go`,
  });
  expect((await hosted.plane())?.metadata.deletionTimestamp).toBeUndefined();
  await client.patch(NodePool, pool, letGo);

  await eventually(deleting, { client }).toMatchObject({ reason: 'WaitingForControlPlaneDeletion' });
  expect((await client.get(Namespace, { name: hosted.home }))?.metadata.deletionTimestamp).toBeUndefined();
  await client.patch(HostedControlPlane, plane, letGo);

  await eventually(hosted.get, { client, seconds: 40 }).toBeUndefined();
  expect(await client.get(Namespace, { name: hosted.home })).toBeUndefined();
});

test('a deletion ends also when the manager of machines has gone with the control plane', async () => {
  const hosted = await create({}, { annotations: { 'godwit.io/infrastructure': 'local' } });
  await eventually(hosted.plane).toBeDefined();
  await hosted.tell({ controlPlaneEndpoint: { host: 'api.sample.hc.test', port: 6443 } });
  const [machines] = (await eventually(() => client.list(Cluster, { namespace: hosted.home })).toMatchObject({ items: [{}] })).items;
  const name = { namespace: hosted.home, name: machines?.metadata.name ?? '' };
  await client.patch(Cluster, name, { metadata: { finalizers: ['cluster.cluster.x-k8s.io'] } });
  await client.delete(HostedCluster, hosted.name);
  await eventually(() => hosted.condition('HostedClusterDeleting')).toMatchObject({ reason: 'WaitingForCAPIClusterDeletion' });
  await client.delete(HostedControlPlane, { namespace: hosted.home, name: 'sample' }); // as Cluster API does
  await eventually(hosted.get, { client, seconds: 40 }).toBeUndefined();
});

test('a deletion lets go what is left of a cluster that has moved away, although its machines rest', async () => {
  const hosted = await create({}, { annotations: { 'godwit.io/infrastructure': 'local' } });
  await eventually(hosted.plane).toBeDefined();
  await hosted.tell({ controlPlaneEndpoint: { host: 'api.sample.hc.test', port: 6443 } });
  const [machines] = (await eventually(() => client.list(Cluster, { namespace: hosted.home })).toMatchObject({ items: [{}] })).items;
  const cluster = { namespace: hosted.home, name: machines?.metadata.name ?? '' };
  await hosted.patch({ metadata: { annotations: { 'godwit.io/fence': 'fence/sample/1.json' } } });
  await eventually(() => hosted.condition('ReconciliationActive'), { client }).toMatchObject({ reason: 'Fenced' });
  await client.patch(Cluster, cluster, { metadata: { finalizers: ['cluster.cluster.x-k8s.io'] }, spec: { paused: true } });
  const machine = await client.create(Machine, {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Machine',
    metadata: { namespace: hosted.home, name: 'worker', finalizers: ['machine.cluster.x-k8s.io'] },
    spec: {
      clusterName: cluster.name,
      bootstrap: { dataSecretName: 'x' },
      infrastructureRef: { apiGroup: 'infrastructure.godwit.io', kind: 'LocalMachine', name: 'worker' },
    },
  } as unknown as Machine);
  await client.delete(HostedCluster, hosted.name);
  await eventually(hosted.get, { client, seconds: 40 }).toBeUndefined();
  expect(await client.get(Machine, { namespace: hosted.home, name: machine.metadata.name ?? '' })).toBeUndefined();
  expect(await client.get(Namespace, { name: hosted.home })).toBeUndefined();
});
