import { ControlPlaneComponent, Deployment, HostedControlPlane, Secret, Service, StatefulSet } from '@godwit/api';
import { silentLog, systemClock } from '@godwit/controller';
import { eventually, freshNamespace, run, testCluster } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { ReleaseError } from '../release/release.ts';
import type { World } from '../world.ts';
import { aHostedControlPlane, aRelease } from './control-plane.fixture.ts';
import { controlPlaneController } from './controller.ts';

const client = testCluster();

const registryAway: World['releases'] = {
  read: async () => {
    throw new ReleaseError('the registry does not answer');
  },
};

const running = (releases: World['releases'] = { read: async () => aRelease }) =>
  run((manager) => [
    controlPlaneController({
      clock: systemClock,
      log: silentLog,
      cache: manager.cache,
      management: client,
      releases,
      hosted: { of: async () => undefined },
    } as unknown as World),
  ]);

const create = async (namespace: string, spec: Partial<HostedControlPlane['spec']> = {}, annotations: Record<string, string> = {}) => {
  const plane = aHostedControlPlane(spec, annotations);
  const { uid: _uid, ...metadata } = plane.metadata;
  return client.create(HostedControlPlane, { ...plane, metadata: { ...metadata, namespace } });
};

/** There is no controller manager in this tier: the test says what the StatefulSet's pods do. */
const ready = async (namespace: string, resource: typeof StatefulSet | typeof Deployment, name: string) => {
  const found = await eventually(() => client.get(resource, { namespace, name })).toBeDefined();
  const status = { replicas: 1, readyReplicas: 1, updatedReplicas: 1, observedGeneration: found?.metadata.generation };
  await client.patch(resource, { namespace, name }, { status }, { subresource: 'status' });
};

const condition = (type: string, fields: object) => expect.arrayContaining([expect.objectContaining({ type, ...fields })]);
const subject = (namespace: string) => client.get(HostedControlPlane, { namespace, name: 'sample' });

const nodePorts = (first: number): HostedControlPlane['spec']['services'] => {
  const { services } = aHostedControlPlane().spec;
  return services.map((each, at) =>
    each.servicePublishingStrategy.nodePort
      ? { ...each, servicePublishingStrategy: { type: 'NodePort', nodePort: { address: '10.0.0.1', port: first + at } } }
      : each,
  );
};

test('a control plane comes up in order, and says on the way what it waits for', async () => {
  const namespace = await freshNamespace(client, 'hcp');
  await using _controllers = running();
  await create(namespace, { services: nodePorts(30100) });
  await eventually(() => client.get(Secret, { namespace, name: 'admin-kubeconfig' })).toBeDefined();
  await eventually(() => client.get(Service, { namespace, name: 'kube-apiserver' })).toMatchObject({ spec: { type: 'NodePort' } });
  await eventually(() => client.get(ControlPlaneComponent, { namespace, name: 'kube-apiserver' })).toMatchObject({
    status: {
      conditions: condition('Available', {
        status: 'False',
        reason: 'WaitingForDependencies',
        message: expect.stringContaining('etcd at version 4.21.0'),
      }),
    },
  });
  expect(await client.get(Deployment, { namespace, name: 'kube-apiserver' })).toBeUndefined();

  await ready(namespace, StatefulSet, 'etcd');
  await ready(namespace, Deployment, 'kube-apiserver');
  await ready(namespace, Deployment, 'kube-controller-manager');
  await ready(namespace, Deployment, 'kube-scheduler');
  await eventually(() => subject(namespace)).toMatchObject({
    status: {
      controlPlaneEndpoint: { host: '10.0.0.1', port: 30100 },
      kubeConfig: { name: 'admin-kubeconfig', key: 'kubeconfig' },
      controlPlaneVersion: { desired: { version: '4.21.0' }, history: [{ state: 'Completed', version: '4.21.0' }] },
      conditions: condition('EtcdAvailable', { status: 'True', reason: 'QuorumAvailable' }),
    },
  });
});

test('what somebody changes is put right, and certificates that are valid stay', async () => {
  const namespace = await freshNamespace(client, 'hcp');
  await create(namespace, { services: nodePorts(30110) });
  const first = running();
  const etcd = { namespace, name: 'etcd' };
  await eventually(() => client.get(StatefulSet, etcd)).toBeDefined();
  const before = await eventually(() => client.get(Secret, { namespace, name: 'root-ca' })).toBeDefined();
  await client.patch(StatefulSet, etcd, { spec: { replicas: 0 } });
  await eventually(() => client.get(StatefulSet, etcd)).toMatchObject({ spec: { replicas: 1 } });
  await first[Symbol.asyncDispose]();

  await using _again = running();
  await client.patch(StatefulSet, etcd, { spec: { replicas: 0 } });
  await eventually(() => client.get(StatefulSet, etcd)).toMatchObject({ spec: { replicas: 1 } });
  expect((await client.get(Secret, { namespace, name: 'root-ca' }))?.data).toEqual(before?.data);
});

test('a control plane that serves stays available when the operator starts anew while the registry is away', async () => {
  const namespace = await freshNamespace(client, 'hcp');
  await create(namespace, { services: nodePorts(30150) });
  const first = running();
  await ready(namespace, StatefulSet, 'etcd');
  await ready(namespace, Deployment, 'kube-apiserver');
  await eventually(() => subject(namespace)).toMatchObject({
    status: { conditions: condition('KubeAPIServerAvailable', { status: 'True' }) },
  });
  await first[Symbol.asyncDispose]();

  await using _again = running(registryAway);
  await eventually(() => subject(namespace)).toMatchObject({
    status: { conditions: condition('ValidReleaseInfo', { status: 'False', message: 'the registry does not answer' }) },
  });
  expect(await subject(namespace)).toMatchObject({
    status: {
      controlPlaneVersion: { desired: { version: '4.21.0' } },
      conditions: condition('KubeAPIServerAvailable', { status: 'True', reason: 'AsExpected' }),
    },
  });
});

test('a paused control plane is left alone, but still says how it is doing', async () => {
  const namespace = await freshNamespace(client, 'hcp');
  await using _controllers = running();
  await create(namespace, { services: nodePorts(30120), pausedUntil: 'true' });
  await eventually(() => subject(namespace)).toMatchObject({
    status: { conditions: condition('EtcdAvailable', { reason: 'StatefulSetNotFound' }) },
  });
  expect((await client.list(Secret, { namespace })).items).toEqual([]);
  expect(await client.get(StatefulSet, { namespace, name: 'etcd' })).toBeUndefined();

  await client.patch(HostedControlPlane, { namespace, name: 'sample' }, { spec: { pausedUntil: null } });
  await eventually(() => client.get(StatefulSet, { namespace, name: 'etcd' })).toBeDefined();
});

test('a missing encryption key is named, and put into use when it comes', async () => {
  const namespace = await freshNamespace(client, 'hcp');
  await using _controllers = running();
  await create(namespace, { services: nodePorts(30130), secretEncryption: { type: 'aescbc', aescbc: { activeKey: { name: 'key' } } } });
  await eventually(() => subject(namespace)).toMatchObject({
    status: { conditions: condition('Degraded', { status: 'True', message: expect.stringContaining(`${namespace}/key`) }) },
  });

  const key = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key', namespace },
    data: { key: Buffer.alloc(32).toString('base64') },
  };
  await client.create(Secret, key);
  const secret = await eventually(() => client.get(Secret, { namespace, name: 'kas-secret-encryption-config' })).toBeDefined();
  expect(Buffer.from(secret?.data?.['config.yaml'] ?? '', 'base64').toString()).toContain('key-187360325');
});

test('a deleted control plane goes, with what it had outside of its namespace', async () => {
  const namespace = await freshNamespace(client, 'hcp');
  await using _controllers = running();
  await create(namespace, { services: nodePorts(30140) }, { 'godwit.io/infrastructure': 'local' });
  const role = {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    kind: 'ClusterRole',
    plural: 'clusterroles',
    scope: 'Cluster',
  } as const;
  await eventually(() => client.get(role, { name: `${namespace}-cluster-api` })).toBeDefined();
  await client.delete(HostedControlPlane, { namespace, name: 'sample' });
  await eventually(() => subject(namespace)).toBeUndefined();
  expect(await client.get(role, { name: `${namespace}-cluster-api` })).toBeUndefined();
});
