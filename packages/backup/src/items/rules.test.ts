import type { KubeObject } from '@godwit/kube';
import { describe, expect, test } from 'vitest';
import { resetMetadata } from './metadata.ts';
import type { ItemFacts } from './rule.ts';
import { applyRules } from './rules.ts';

const facts = (resource: string, changes: Partial<ItemFacts> = {}): ItemFacts => ({
  resource,
  mapNamespace: (name) => (name === 'source' ? 'target' : name),
  preserveNodePorts: false,
  volumeFate: () => 'provision',
  migration: false,
  labels: { 'velero.io/backup-name': 'b', 'velero.io/restore-name': 'r' },
  migrationLabels: {},
  ...changes,
});
const object = (kind: string, rest: object, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', namespace: 'source', ...metadata },
  ...rest,
});
const kept = (resource: string, input: KubeObject, changes: Partial<ItemFacts> = {}) => {
  const outcome = applyRules(input, facts(resource, changes));
  return 'keep' in outcome
    ? (outcome.keep as KubeObject & { spec?: unknown; data?: unknown; subjects?: unknown; secrets?: unknown })
    : outcome;
};
const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u', controller: true };
const migration = { migration: true, migrationLabels: { 'migration.openshift.io/migrated-by-migmigration': 'm' } };

test('R10 R11 R31 metadata loses its former identity and status, and keeps the rest', () => {
  const labels = { app: 'x' };
  const pod = object(
    'Pod',
    { spec: {}, status: { phase: 'Running' } },
    {
      uid: 'u',
      resourceVersion: '1',
      generation: 3,
      creationTimestamp: 't',
      ownerReferences: [owner],
      labels,
      annotations: { a: 'b' },
      finalizers: ['f'],
      managedFields: [{}],
    },
  );
  expect(kept('pods', pod)).toEqual({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'x',
      namespace: 'target',
      labels: { app: 'x', 'velero.io/backup-name': 'b', 'velero.io/restore-name': 'r' },
      annotations: { a: 'b' },
      finalizers: ['f'],
      managedFields: [{}],
    },
    spec: {},
  });
});

test('R31 an object without metadata is an error', () => {
  expect(() => resetMetadata({ apiVersion: 'v1', kind: 'Pod' } as never)).toThrow('no metadata');
});

test.each([
  ['a completed pod', 'pods', object('Pod', { status: { phase: 'Succeeded' } }), {}],
  ['a failed pod', 'pods', object('Pod', { status: { phase: 'Failed' } }), {}],
  ['R4 a mirror pod', 'pods', object('Pod', {}, { annotations: { 'kubernetes.io/config.mirror': 'x' } }), {}],
  ['a completed job', 'jobs.batch', object('Job', { status: { completionTime: 't' } }), {}],
  [
    'an API service that registers itself',
    'apiservices.apiregistration.k8s.io',
    object('APIService', {}, { labels: { 'kube-aggregator.kubernetes.io/automanaged': 'onstart' } }),
    {},
  ],
  [
    'a generated token',
    'secrets',
    object(
      'Secret',
      { type: 'kubernetes.io/service-account-token' },
      { name: 'web-token-x', annotations: { 'kubernetes.io/service-account.name': 'web' } },
    ),
    {},
  ],
  ['the published certificate', 'configmaps', object('ConfigMap', {}, { name: 'kube-root-ca.crt' }), {}],
  ['in a migration, a pod with an owner', 'pods', object('Pod', {}, { ownerReferences: [owner] }), migration],
  ['in a migration, a ReplicaSet with an owner', 'replicasets.apps', object('ReplicaSet', {}, { ownerReferences: [owner] }), migration],
  [
    'in a migration, an EndpointSlice with an owner',
    'endpointslices.discovery.k8s.io',
    object('EndpointSlice', {}, { ownerReferences: [owner] }),
    migration,
  ],
  ['in a migration, a generated pull secret', 'secrets', object('Secret', {}, { name: 'default-dockercfg-abc' }), migration],
  [
    'in a migration, the certificate of a service',
    'secrets',
    object('Secret', {}, { annotations: { 'service.alpha.openshift.io/originating-service-name': 's' } }),
    migration,
  ],
  ['in a migration, a build', 'builds.build.openshift.io', object('Build', {}), migration],
  ['R21 a volume that is provisioned anew', 'persistentvolumes', object('PersistentVolume', {}), {}],
])('%s stays out', (_title, resource, input, changes) => {
  expect(applyRules(input, facts(resource, changes))).toEqual({ skip: expect.any(String) });
});

test('migration labels go onto everything but service accounts', () => {
  expect(kept('configmaps', object('ConfigMap', {}), migration)).toMatchObject({ metadata: { labels: migration.migrationLabels } });
  expect(JSON.stringify(kept('serviceaccounts', object('ServiceAccount', {}), migration))).not.toContain('migrated-by');
});

describe('pods', () => {
  const spec = {
    nodeName: 'n',
    priority: 5,
    nodeSelector: { a: 'b' },
    serviceAccountName: 'web',
    volumes: [{ name: 'web-token-x', secret: {} }, { name: 'data' }],
    containers: [{ name: 'c', volumeMounts: [{ name: 'web-token-x' }, { name: 'data' }] }],
    initContainers: [{ name: 'i', volumeMounts: [{ name: 'web-token-x' }] }],
  };
  test('lose node, priority and token volumes', () => {
    expect(kept('pods', object('Pod', { spec }))).toMatchObject({
      spec: {
        nodeSelector: { a: 'b' },
        volumes: [{ name: 'data' }],
        containers: [{ name: 'c', volumeMounts: [{ name: 'data' }] }],
        initContainers: [{ name: 'i', volumeMounts: [] }],
      },
    });
    expect(JSON.stringify(kept('pods', object('Pod', { spec })))).not.toMatch(/nodeName|priority|token/);
  });
  test('lose their node selector in a migration', () => {
    expect(JSON.stringify(kept('pods', object('Pod', { spec }), migration))).not.toContain('nodeSelector');
  });
});

describe('services', () => {
  const lastApplied = (ports: unknown) => ({
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: { ports } }) },
  });
  const managed = {
    managedFields: [{ fieldsV1: { 'f:spec': { 'f:ports': { 'k:{"port":80,"protocol":"TCP"}': { 'f:nodePort': {} } } } } }],
  };
  const port = { port: 80, nodePort: 30080 };
  test.each([
    [
      'loses its address and node port',
      {},
      {},
      { type: 'NodePort', clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'], ports: [port] },
      { type: 'NodePort', ports: [{ port: 80 }] },
    ],
    ['stays headless', {}, {}, { clusterIP: 'None' }, { clusterIP: 'None' }],
    ['keeps node ports on request', {}, { preserveNodePorts: true }, { ports: [port] }, { ports: [port] }],
    ['keeps an unnamed node port that was applied', lastApplied([{ nodePort: 30080 }]), {}, { ports: [port] }, { ports: [port] }],
    [
      'keeps a named node port that was applied',
      lastApplied([{ name: 'http', nodePort: 1 }]),
      {},
      { ports: [{ ...port, name: 'http' }] },
      { ports: [{ ...port, name: 'http' }] },
    ],
    ['loses one that was applied as null', lastApplied([{ nodePort: null }]), {}, { ports: [port] }, { ports: [{ port: 80 }] }],
    ['keeps one that somebody manages', managed, {}, { ports: [port] }, { ports: [port] }],
    [
      'loses its health check port',
      {},
      {},
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 1 },
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local' },
    ],
    ['keeps the load balancer address', {}, {}, { loadBalancerIP: '1.2.3.4' }, { loadBalancerIP: '1.2.3.4' }],
    [
      'loses external addresses in a migration',
      {},
      migration,
      { type: 'LoadBalancer', externalIPs: ['1.2.3.4'] },
      { type: 'LoadBalancer' },
    ],
  ])('%s', (_title, metadata, changes, spec, expected) => {
    expect(kept('services', object('Service', { spec }, metadata), changes)).toMatchObject({ spec: expected });
    expect((kept('services', object('Service', { spec }, metadata), changes) as { spec: unknown }).spec).toEqual(expected);
  });
});

test('a job loses its generated selector', () => {
  const generated = { 'controller-uid': 'u', 'batch.kubernetes.io/controller-uid': 'u', app: 'x' };
  const spec = { selector: { matchLabels: generated }, template: { metadata: { labels: generated } } };
  expect((kept('jobs.batch', object('Job', { spec })) as { spec: unknown }).spec).toEqual({
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } } },
  });
});

test('a service account loses the first generated token, and its pull secrets in a migration', () => {
  const secrets = [{ name: 'x-token-1' }, { name: 'x-token-2' }, { name: 'x-dockercfg-1' }];
  expect(kept('serviceaccounts', object('ServiceAccount', { secrets }))).toMatchObject({
    secrets: [{ name: 'x-token-2' }, { name: 'x-dockercfg-1' }],
  });
  expect(kept('serviceaccounts', object('ServiceAccount', { secrets }), migration)).toMatchObject({ secrets: [{ name: 'x-token-2' }] });
});

test('a hand-made token secret is emptied', () => {
  const annotations = { 'kubernetes.io/service-account.name': 'web', 'kubernetes.io/service-account.uid': 'u' };
  const secret = object(
    'Secret',
    { type: 'kubernetes.io/service-account-token', data: { token: 't', 'ca.crt': 'c', other: 'o' } },
    { name: 'mine', annotations },
  );
  expect(kept('secrets', secret)).toMatchObject({
    data: { other: 'o' },
    metadata: { annotations: { 'kubernetes.io/service-account.name': 'web' } },
  });
  expect((kept('secrets', secret) as { data: unknown }).data).toEqual({ other: 'o' });
});

test('R22 R33 a volume that stays loses its binding and follows its claim', () => {
  const annotations = {
    'pv.kubernetes.io/bind-completed': 'yes',
    'pv.kubernetes.io/bound-by-controller': 'yes',
    'pv.kubernetes.io/provisioned-by': 'p',
  };
  const volume = object(
    'PersistentVolume',
    { spec: { claimRef: { namespace: 'source', name: 'c', uid: 'u', resourceVersion: '1' } } },
    { namespace: undefined, annotations },
  );
  const result = kept('persistentvolumes', volume, { volumeFate: () => 'restore' });
  expect(result).toMatchObject({
    spec: { claimRef: { namespace: 'target', name: 'c' } },
    metadata: { annotations: { 'pv.kubernetes.io/provisioned-by': 'p' } },
  });
  expect(JSON.stringify(result)).not.toMatch(/bind-completed|bound-by|"uid"|resourceVersion/);
});

describe('claims', () => {
  const annotations = { 'pv.kubernetes.io/bind-completed': 'yes', 'volume.kubernetes.io/selected-node': 'n', foo: 'bar' };
  test('R21 lose the volume that is provisioned anew', () => {
    const result = kept(
      'persistentvolumeclaims',
      object('PersistentVolumeClaim', { spec: { volumeName: 'pv', storageClassName: 's' } }, { annotations }),
    );
    expect(result).toMatchObject({ spec: { storageClassName: 's' }, metadata: { annotations: { foo: 'bar' } } });
    expect(JSON.stringify(result)).not.toMatch(/volumeName|bind-completed|selected-node/);
  });
  test('R34 keep the volume that stays', () => {
    expect(
      kept('persistentvolumeclaims', object('PersistentVolumeClaim', { spec: { volumeName: 'pv' } }), { volumeFate: () => 'restore' }),
    ).toMatchObject({ spec: { volumeName: 'pv' } });
  });
  test('move to the chosen class and access mode in a migration', () => {
    const chosen = {
      'openshift.io/migrate-type': 'copy',
      'openshift.io/target-storage-class': 'fast',
      'openshift.io/target-access-mode': 'ReadWriteMany',
    };
    const claim = object('PersistentVolumeClaim', { spec: { storageClassName: 'slow', selector: {} } }, { annotations: chosen });
    expect((kept('persistentvolumeclaims', claim, migration) as { spec: unknown }).spec).toEqual({
      storageClassName: 'fast',
      accessModes: ['ReadWriteMany'],
    });
  });
});

test('subjects of role bindings follow their namespaces', () => {
  const subjects = [
    { kind: 'ServiceAccount', namespace: 'source', name: 'a' },
    { kind: 'User', name: 'u' },
  ];
  expect(kept('rolebindings.rbac.authorization.k8s.io', object('RoleBinding', { subjects }))).toMatchObject({
    subjects: [{ namespace: 'target' }, { kind: 'User', name: 'u' }],
  });
});

test.each([
  [true, { path: '/' }],
  [false, { host: 'h', path: '/' }],
])('a generated host of a route is dropped in a migration: %s', (isMigration, spec) => {
  const route = object('Route', { spec: { host: 'h', path: '/' } }, { annotations: { 'openshift.io/host.generated': 'true' } });
  expect((kept('routes.route.openshift.io', route, { migration: isMigration }) as { spec: unknown }).spec).toEqual(spec);
});

test('R5 a Namespace object gets the mapped name', () => {
  expect(kept('namespaces', object('Namespace', {}, { name: 'source', namespace: undefined }))).toMatchObject({
    metadata: { name: 'target' },
  });
});
