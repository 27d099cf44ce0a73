import { expect, test } from 'vitest';
import { aControlPlane, someFacts } from '../control-plane.fixture.ts';
import type { Manifest } from '../manifest.ts';
import { clusterApi } from './cluster-api.ts';
import type { Component } from './component.ts';
import { etcd } from './etcd/etcd.ts';
import { apiServerArguments, kubeApiServer } from './kube-apiserver.ts';
import { controllerManagerArguments, kubeControllerManager } from './kube-controller-manager.ts';
import { kubeScheduler } from './kube-scheduler.ts';

type Container = {
  name: string;
  args?: string[];
  image: string;
  env?: { name: string; value?: string }[];
  securityContext: Record<string, unknown>;
  volumeMounts: { name: string; mountPath: string }[];
};
type Pod = {
  initContainers?: Container[];
  containers: Container[];
  volumes: { name: string }[];
  securityContext: object;
  automountServiceAccountToken: boolean;
};
type Workload = { spec: { replicas: number; strategy?: { type: string }; template: { spec: Pod }; [field: string]: unknown } };

const find = (manifests: readonly Manifest[], kind: string, name?: string) =>
  manifests.find(({ object }) => object.kind === kind && (name === undefined || object.metadata.name === name))?.object;
const workloadOf = (component: Component, plane = aControlPlane(), facts = someFacts) =>
  find(component.manifests(plane, facts), component.kind, component.name) as unknown as Workload;
const podOf = (...args: Parameters<typeof workloadOf>): Pod => workloadOf(...args).spec.template.spec;
const everything = [etcd, kubeApiServer, kubeControllerManager, kubeScheduler, clusterApi];

test.each(everything.map((component) => [component.name, component] as const))(
  '%s passes the admission level restricted',
  (_name, component) => {
    const pod = podOf(component);
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    for (const { securityContext } of pod.containers)
      expect(securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  },
);

test.each(everything.map((component) => [component.name, component] as const))(
  '%s mounts only volumes that its pod has',
  (_name, component) => {
    const pod = podOf(component);
    const volumes = [...pod.volumes.map(({ name }) => name), 'data'];
    for (const { volumeMounts } of pod.containers) expect(volumes).toEqual(expect.arrayContaining(volumeMounts.map(({ name }) => name)));
  },
);

test('only the manager of machines gets a token of the management cluster', () => {
  expect(everything.filter((component) => podOf(component).automountServiceAccountToken).map(({ name }) => name)).toEqual(['cluster-api']);
});

test.each([
  ['SingleReplica', false, 1, 1],
  ['HighlyAvailable', true, 3, 2],
])('%s is so many members of etcd, and so many of the rest', (_title, highlyAvailable, members, others) => {
  const plane = aControlPlane({ highlyAvailable });
  expect(workloadOf(etcd, plane).spec.replicas).toBe(members);
  expect(workloadOf(kubeApiServer, plane).spec.replicas).toBe(others);
  expect(controllerManagerArguments(plane)).toContain(`--leader-elect=${highlyAvailable}`);
});

test('a lone controller manager never overlaps with its successor, the API server does', () => {
  expect(workloadOf(kubeControllerManager).spec.strategy?.type).toBe('Recreate');
  expect(workloadOf(kubeApiServer).spec.strategy?.type).toBe('RollingUpdate');
});

test('etcd keeps its volumes, starts all members at once, and talks by mutual TLS', () => {
  const { spec } = workloadOf(etcd);
  expect(spec).toMatchObject({
    podManagementPolicy: 'Parallel',
    serviceName: 'etcd-discovery',
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: { resources: { requests: { storage: '4Gi' } } } }],
  });
  const args = spec.template.spec.containers[0]?.args ?? [];
  expect(args).toEqual(expect.arrayContaining(['--client-cert-auth=true', '--peer-client-cert-auth=true', '--data-dir=/var/lib/data']));
  expect(args.join(' ')).toContain('--cert-file=/etc/etcd/tls/server/server.crt');
});

test('documented commands find certificates, and no variables that would collide with their options', () => {
  const container = podOf(etcd).containers[0];
  expect(container?.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(
    expect.arrayContaining(['/etc/etcd/tls/client', '/etc/etcd/tls/etcd-ca', '/var/lib', '/var/lib/backup']),
  );
  expect(container?.env?.map(({ name }) => name)).toEqual(['MEMBER', 'STATE_FILE']);
});

test('members find one another before they are ready', () => {
  const discovery = find(etcd.manifests(aControlPlane(), someFacts), 'Service', 'etcd-discovery');
  expect(discovery).toMatchObject({ spec: { clusterIP: 'None', publishNotReadyAddresses: true } });
});

test.each([
  ['one member with a volume of its group', false, 'group', []],
  ['one member on a folder of root', false, 'root', ['own-volume']],
  ['three members', true, 'group', ['ensure-dns', 'etcd-init', 'reset-member']],
] as const)('T63 before %s run in this order', (_title, highlyAvailable, volumeOwnership, names) => {
  const restore = { initContainers: [{ name: 'etcd-init', image: 'i' }], volumes: [] };
  const beforeEtcd = names.some((name) => name === 'etcd-init') ? restore : someFacts.beforeEtcd;
  const pod = podOf(etcd, aControlPlane({ highlyAvailable }), { ...someFacts, volumeOwnership, beforeEtcd });
  expect((pod.initContainers ?? []).map(({ name }) => name)).toEqual(names);
});

test.each([
  ['advertises the address that each node has for itself', '--advertise-address=172.20.0.1'],
  ['issues tokens in the name of the HostedCluster', '--service-account-issuer=https://kubernetes.default.svc'],
  ['reaches etcd by TLS', '--etcd-servers=https://etcd-client:2379'],
  ['trusts kubelets by their signer', '--kubelet-certificate-authority=/etc/kubernetes/kubelet-serving-ca/ca.crt'],
])('the API server %s', (_title, argument) => {
  expect(apiServerArguments(aControlPlane({ issuerUrl: 'https://kubernetes.default.svc' }))).toContain(argument);
});

test('Secrets are encrypted only when a key is named, and nothing is audited', () => {
  expect(apiServerArguments(aControlPlane()).join(' ')).not.toMatch(/encryption-provider|audit/);
  const encrypted = aControlPlane({ encryption: { activeKey: 'sample-etcd-encryption-key' } });
  expect(apiServerArguments(encrypted)).toContain('--encryption-provider-config=/etc/kubernetes/kas-secret-encryption-config/config.yaml');
  expect(kubeApiServer.consumes(encrypted)).toContain('kas-secret-encryption-config');
});

test('nodes are reached through konnectivity, etcd and webhooks beside it are not', () => {
  const config = find(kubeApiServer.manifests(aControlPlane(), someFacts), 'ConfigMap') as unknown as { data: Record<string, string> };
  const { egressSelections } = JSON.parse(config.data['config.yaml'] ?? '') as { egressSelections: { name: string; connection: object }[] };
  expect(egressSelections.map(({ name }) => name)).toEqual(['controlplane', 'etcd', 'cluster']);
  expect(egressSelections[2]?.connection).toMatchObject({
    proxyProtocol: 'GRPC',
    transport: { uds: { udsName: '/var/run/konnectivity/server.sock' } },
  });
});

const IPV4 = { cidr: '10.132.0.0/14', hostPrefix: 23 };
const IPV6 = { cidr: 'fd01::/48', hostPrefix: 64 };
test.each([
  ['leaves pod ranges to others', false, [IPV4], ['--allocate-node-cidrs=false']],
  [
    'gives nodes their pod ranges',
    true,
    [IPV4],
    ['--allocate-node-cidrs=true', '--cluster-cidr=10.132.0.0/14', '--node-cidr-mask-size-ipv4=23', '--configure-cloud-routes=false'],
  ],
  [
    'gives nodes ranges of both families, each of its size',
    true,
    [IPV6, IPV4],
    [
      '--allocate-node-cidrs=true',
      '--cluster-cidr=fd01::/48,10.132.0.0/14',
      '--node-cidr-mask-size-ipv6=64',
      '--node-cidr-mask-size-ipv4=23',
      '--configure-cloud-routes=false',
    ],
  ],
  [
    'leaves a size that nobody names to Kubernetes',
    true,
    [{ cidr: 'fd01::/48' }],
    ['--allocate-node-cidrs=true', '--cluster-cidr=fd01::/48', '--configure-cloud-routes=false'],
  ],
])('the controller manager %s', (_title, allocateNodeCidrs, clusterNetworks, wanted) => {
  const found = controllerManagerArguments(aControlPlane({ allocateNodeCidrs, clusterNetworks }));
  expect(found.filter((argument) => argument.includes('cidr') || argument.includes('cloud-routes'))).toEqual(wanted);
});

test('what the manager of machines may read outside of its namespace are definitions, never Secrets', () => {
  const role = find(clusterApi.manifests(aControlPlane(), someFacts), 'ClusterRole') as unknown as {
    rules: { resources: string[]; verbs: string[] }[];
  };
  expect(role.rules.flatMap(({ resources }) => resources)).toEqual(['customresourcedefinitions', 'namespaces']);
  expect(new Set(role.rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
});

test('a release without an image says so, with its name', () => {
  const release = { ...someFacts.release, images: {} };
  expect(() => kubeScheduler.manifests(aControlPlane(), { ...someFacts, release })).toThrow(/names no image hyperkube/);
});
