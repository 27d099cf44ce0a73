import { Cluster, ConfigMap, ControlPlaneComponent, HostedCluster, HostedControlPlane, LocalCluster, Namespace, Secret } from '@godwit/api';
import { eventually, freshNamespace } from '@godwit/testkit';
import { expect, test } from 'vitest';
import { controlledClusters } from './controlled-clusters.fixture.ts';
import { aHostedCluster, SERVICES } from './hosted-cluster.fixture.ts';
import { ago, base64, condition } from './room.fixture.ts';

const { client, forbidden, create, createPullSecret } = await controlledClusters();

test('a HostedCluster gets its identity, a namespace, copies of what it refers to, and a control plane', async () => {
  const hosted = await create();
  await eventually(hosted.plane, { client }).toMatchObject({
    metadata: { annotations: { 'hypershift.openshift.io/cluster': `${hosted.namespace}/sample` } },
    spec: {
      releaseImage: 'registry.example/release:4.21.0',
      pullSecret: { name: 'pull-secret' },
      infraID: expect.stringMatching(/^sample-.{5}$/),
      clusterID: '12345678-1234-4234-8234-123456789012',
      platform: { type: 'None' },
    },
  });
  expect(await client.get(Namespace, { name: hosted.home })).toMatchObject({
    metadata: {
      labels: {
        'hypershift.openshift.io/hosted-control-plane': 'true',
        'pod-security.kubernetes.io/enforce': 'restricted',
        'security.openshift.io/scc.podSecurityLabelSync': 'false',
      },
      annotations: { 'hypershift.openshift.io/default-security-context-uid': expect.stringMatching(/^1\d{3}$/) },
    },
  });
  expect(await client.get(Secret, { namespace: hosted.home, name: 'pull-secret' })).toMatchObject({
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': base64('{"auths":{}}') },
  });
  const object = await eventually(hosted.get, { client }).toMatchObject({
    status: { version: { desired: { image: 'registry.example/release:4.21.0' }, history: [{ state: 'Partial' }] }, payloadArch: 'AMD64' },
  });
  expect(object?.metadata.finalizers).toContain('hypershift.openshift.io/finalizer');
  expect(await client.list(Cluster, { namespace: hosted.home })).toMatchObject({ items: [] });
});

test('its conditions say where it stands before there is a control plane that says something', async () => {
  const hosted = await create();
  const wanted: [type: string, status: string, reason: string, message: string][] = [
    ['ReconciliationSucceeded', 'True', 'ReconciliatonSucceeded', 'All is well'],
    ['ReconciliationActive', 'True', 'AsExpected', 'Reconciliation active on resource'],
    ['ValidConfiguration', 'True', 'AsExpected', 'Configuration passes validation'],
    ['SupportedHostedCluster', 'True', 'AsExpected', 'HostedCluster is supported by operator configuration'],
    ['ValidReleaseImage', 'True', 'AsExpected', 'Release image is valid'],
    ['Available', 'False', 'WaitingForAvailable', 'Waiting for hosted control plane to be healthy'],
    ['Progressing', 'True', 'Progressing', 'HostedCluster is deploying, upgrading, or reconfiguring'],
    ['EtcdAvailable', 'Unknown', 'StatusUnknown', 'Condition not found in the HCP'],
  ];
  for (const [type, status, reason, message] of wanted)
    await eventually(() => hosted.condition(type), { client }).toMatchObject({ status, reason, message });
});

test('a HostedCluster whose control plane would live with that of another is refused, and nothing of the other changes', async () => {
  const hosted = await create();
  const before = await eventually(hosted.plane).toBeDefined();
  const [namespace = '', random = ''] = hosted.namespace.split('-');
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
  await createPullSecret(namespace);
  const name = `${random}-sample`;
  await client.create(HostedCluster, aHostedCluster({}, { namespace, name }));
  await eventually(() => client.get(HostedCluster, { namespace, name }), { client }).toMatchObject({
    status: {
      conditions: expect.arrayContaining([
        expect.objectContaining({
          type: 'ValidConfiguration',
          status: 'False',
          reason: 'InvalidConfiguration',
          message: expect.stringContaining(
            `namespace ${hosted.home}, where the control plane has to live, belongs to HostedCluster ${hosted.namespace}/sample`,
          ),
        }),
      ]),
    },
  });
  expect((await client.list(HostedControlPlane, { namespace: hosted.home })).items.map(({ metadata }) => metadata.uid)).toEqual([
    before?.metadata.uid,
  ]);
  await client.delete(HostedCluster, { namespace, name });
  await eventually(() => client.get(HostedCluster, { namespace, name })).toBeUndefined();
  expect(await hosted.plane()).toMatchObject({ metadata: { uid: before?.metadata.uid } });
  expect((await client.get(Namespace, { name: hosted.home }))?.metadata.deletionTimestamp).toBeUndefined();
});

test('what the control plane says is told by the HostedCluster, and its kubeconfig lies beside it', async () => {
  const hosted = await create();
  await eventually(hosted.plane).toBeDefined();
  await client.create(Secret, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: hosted.home, name: 'admin-kubeconfig' },
    data: { kubeconfig: base64('one') },
  });
  const image = 'registry.example/release:4.21.0';
  await hosted.tell({
    kubeConfig: { name: 'admin-kubeconfig', key: 'kubeconfig' },
    controlPlaneEndpoint: { host: 'api.sample.hc.test', port: 6443 },
    versionStatus: {
      desired: { image, version: '4.21.0' },
      history: [{ state: 'Completed', startedTime: ago, completionTime: ago, version: '4.21.0', image }],
    },
    conditions: [condition('Available', 'True', 'AsExpected'), condition('EtcdAvailable', 'True', 'QuorumAvailable')],
  });
  await eventually(hosted.get, { client }).toMatchObject({
    status: {
      kubeconfig: { name: 'sample-admin-kubeconfig' },
      controlPlaneEndpoint: { host: 'api.sample.hc.test', port: 6443 },
      version: { desired: { version: '4.21.0' }, history: [{ state: 'Completed' }] },
    },
  });
  await eventually(() => hosted.condition('Available'), { client }).toMatchObject({
    status: 'True',
    message: 'The hosted control plane is available',
  });
  await eventually(() => hosted.condition('Progressing'), { client }).toMatchObject({ status: 'False', reason: 'AsExpected' });
  const beside = { namespace: hosted.namespace, name: 'sample-admin-kubeconfig' };
  await eventually(() => client.get(Secret, beside)).toMatchObject({
    metadata: { ownerReferences: [{ kind: 'HostedCluster', name: 'sample' }] },
    data: { kubeconfig: base64('one') },
  });

  await client.patch(Secret, { namespace: hosted.home, name: 'admin-kubeconfig' }, { data: { kubeconfig: base64('two') } });
  await eventually(() => client.get(Secret, beside)).toMatchObject({ data: { kubeconfig: base64('two') } });
});

test('the version of the control plane is completed when every component has rolled out', async () => {
  const hosted = await create();
  await eventually(hosted.plane).toBeDefined();
  const etcd = { namespace: hosted.home, name: 'etcd' };
  const status = (version: string) => ({ status: { version, conditions: [condition('RolloutComplete', 'True', 'AsExpected')] } });
  await client.create(ControlPlaneComponent, {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'ControlPlaneComponent',
    metadata: etcd,
    spec: {},
  });
  await eventually(hosted.get, { client }).toMatchObject({ status: { controlPlaneVersion: { history: [{ state: 'Partial' }] } } });
  await client.patch(ControlPlaneComponent, etcd, status('4.21.0'), { subresource: 'status' });
  await eventually(hosted.get, { client }).toMatchObject({
    status: { controlPlaneVersion: { history: [{ state: 'Completed', version: '4.21.0' }] } },
  });

  await hosted.patch({ spec: { release: { image: 'registry.example/release:4.21.1' } } });
  await eventually(hosted.plane).toMatchObject({ spec: { releaseImage: 'registry.example/release:4.21.1' } });
  await eventually(hosted.get, { client }).toMatchObject({
    status: {
      controlPlaneVersion: {
        history: [
          { state: 'Partial', version: '4.21.1' },
          { state: 'Completed', version: '4.21.0' },
        ],
      },
    },
  });
});

test('a missing pull secret is named, everything else goes on, and the secret is taken up when it comes', async () => {
  const hosted = await create({}, {}, false);
  await eventually(() => hosted.condition('ValidReleaseImage'), { client }).toMatchObject({ status: 'False', reason: 'SecretNotFound' });
  await eventually(() => hosted.condition('ReconciliationSucceeded'), { client }).toMatchObject({
    status: 'False',
    reason: 'ReconciliationError',
    message: expect.stringContaining(`Secret ${hosted.namespace}/sample-pull-secret of spec.pullSecret is missing`),
  });
  await eventually(hosted.plane).toBeDefined();
  await createPullSecret(hosted.namespace);
  await eventually(() => client.get(Secret, { namespace: hosted.home, name: 'pull-secret' })).toBeDefined();
  await eventually(() => hosted.condition('ReconciliationSucceeded'), { client }).toMatchObject({ status: 'True' });
});

test('T9: the pause of a cluster is the pause of its control plane, and ends with it', async () => {
  const hosted = await create();
  await eventually(hosted.plane).toBeDefined();
  await hosted.patch({ spec: { pausedUntil: 'true' } });
  await eventually(hosted.plane, { client }).toMatchObject({ spec: { pausedUntil: 'true' } });
  await eventually(() => hosted.condition('ReconciliationActive'), { client }).toMatchObject({
    status: 'False',
    reason: 'ReconciliationPaused',
  });

  await hosted.patch({ spec: { channel: 'stable-4.21' } });
  await hosted.patch({ spec: { pausedUntil: null } });
  await eventually(async () => (await hosted.plane())?.spec, { client }).not.toHaveProperty('pausedUntil');
  await eventually(hosted.plane).toMatchObject({ spec: { channel: 'stable-4.21' } });
  await eventually(() => hosted.condition('ReconciliationActive'), { client }).toMatchObject({ status: 'True', reason: 'AsExpected' });
});

test('a paused cluster gets its finalizer, and nothing else', async () => {
  const hosted = await create({ pausedUntil: '2099-01-01T00:00:00Z' });
  await eventually(() => hosted.condition('ReconciliationActive'), { client }).toMatchObject({
    message: 'Reconciliation paused until: 2099-01-01T00:00:00Z',
  });
  const object = await hosted.get();
  expect(object?.metadata.finalizers).toContain('hypershift.openshift.io/finalizer');
  expect(object?.spec.infraID).toBeUndefined();
  expect(await client.get(Namespace, { name: hosted.home })).toBeUndefined();
});

test('T10: local infrastructure gives Cluster API its objects, and they pause with the cluster', async () => {
  const hosted = await create({}, { annotations: { 'godwit.io/infrastructure': 'local' } });
  await eventually(hosted.plane).toMatchObject({ metadata: { annotations: { 'godwit.io/infrastructure': 'local' } } });
  await hosted.tell({ controlPlaneEndpoint: { host: 'api.sample.hc.test', port: 6443 } });
  const infraId = (await eventually(hosted.plane).toBeDefined())?.spec.infraID ?? '';
  const machines = () => client.get(Cluster, { namespace: hosted.home, name: infraId });
  await eventually(machines, { client }).toMatchObject({
    spec: {
      controlPlaneRef: { apiGroup: 'hypershift.openshift.io', kind: 'HostedControlPlane', name: 'sample' },
      infrastructureRef: { apiGroup: 'infrastructure.godwit.io', kind: 'LocalCluster', name: infraId },
    },
  });
  expect(await client.get(LocalCluster, { namespace: hosted.home, name: infraId })).toMatchObject({
    spec: { controlPlaneEndpoint: { host: 'api.sample.hc.test', port: 6443 } },
  });

  await hosted.patch({ spec: { pausedUntil: 'true' } });
  await eventually(machines, { client }).toMatchObject({ spec: { paused: true } });
  await hosted.patch({ spec: { pausedUntil: null } });
  await eventually(machines, { client }).not.toMatchObject({ spec: { paused: true } });
});

test('a fenced cluster is left alone and says so', async () => {
  const hosted = await create();
  await eventually(hosted.plane).toBeDefined();
  await hosted.patch({ metadata: { annotations: { 'godwit.io/fence': 'fence/sample/1.json' } }, spec: { channel: 'stable-4.21' } });
  await eventually(() => hosted.condition('ReconciliationActive'), { client }).toMatchObject({ status: 'False', reason: 'Fenced' });
  expect((await hosted.plane())?.spec.channel).toBeUndefined();
});

test('a cluster that the store says runs elsewhere is not made', async () => {
  const namespace = await freshNamespace(client, 'clusters');
  forbidden.add(namespace);
  await createPullSecret(namespace);
  await client.create(HostedCluster, aHostedCluster({}, { namespace }));
  const read = async () =>
    (await client.get(HostedCluster, { namespace, name: 'sample' }))?.status?.conditions?.find(
      ({ type }) => type === 'ReconciliationActive',
    );
  await eventually(read, { client }).toMatchObject({
    status: 'False',
    reason: 'Fenced',
    message: expect.stringContaining('fence/sample/1.json'),
  });
  expect(await client.get(Namespace, { name: `${namespace}-sample` })).toBeUndefined();
});

test('a configuration that cannot work stops the cluster with the fault named', async () => {
  const [api, ...others] = SERVICES;
  const services = [
    {
      service: 'APIServer' as const,
      servicePublishingStrategy: { type: 'NodePort' as const, nodePort: { address: '10.0.0.1', port: 443 } },
    },
    ...others,
  ];
  expect(api?.service).toBe('APIServer');
  const hosted = await create({ services });
  await eventually(() => hosted.condition('ValidConfiguration'), { client }).toMatchObject({
    status: 'False',
    reason: 'InvalidConfiguration',
    message: 'service APIServer: node port 443 is not within 30000-32767',
  });
  await eventually(() => hosted.condition('Progressing'), { client }).toMatchObject({ status: 'False', reason: 'Blocked' });
  expect(await client.get(Namespace, { name: hosted.home })).toBeUndefined();
});

test('what the configuration refers to is copied and marked', async () => {
  const namespace = await freshNamespace(client, 'clusters');
  await createPullSecret(namespace);
  await client.create(ConfigMap, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace, name: 'proxy-ca' },
    data: { 'ca-bundle.crt': 'x' },
  });
  await client.create(HostedCluster, aHostedCluster({ configuration: { proxy: { trustedCA: { name: 'proxy-ca' } } } }, { namespace }));
  const mark = { metadata: { annotations: { 'referenced-resource.hypershift.openshift.io/sample': 'true' } } };
  await eventually(() => client.get(ConfigMap, { namespace: `${namespace}-sample`, name: 'proxy-ca' }), { client }).toMatchObject({
    ...mark,
    data: { 'ca-bundle.crt': 'x' },
  });
  await eventually(() => client.get(ConfigMap, { namespace, name: 'proxy-ca' })).toMatchObject(mark);
  await client.patch(ConfigMap, { namespace, name: 'proxy-ca' }, { data: { 'ca-bundle.crt': 'y' } });
  await eventually(() => client.get(ConfigMap, { namespace: `${namespace}-sample`, name: 'proxy-ca' })).toMatchObject({
    data: { 'ca-bundle.crt': 'y' },
  });
});

test('the versions that can be deployed are published, newest first, and come back when they are deleted', async () => {
  const name = { namespace: 'hypershift', name: 'supported-versions' };
  const found = await eventually(() => client.get(ConfigMap, name), { client }).toMatchObject({
    metadata: { labels: { 'hypershift.openshift.io/supported-versions': 'true' } },
    data: { 'server-version': '0.1.0', 'supported-versions': expect.stringContaining('{"versions":["5.1","5.0"') },
  });
  await client.delete(ConfigMap, name);
  await eventually(async () => (await client.get(ConfigMap, name))?.metadata.uid).not.toBe(found?.metadata.uid);
});
