import { aHostedCluster, answerOf, freshNamespace, testCluster } from '@godwit/testkit';
import { beforeAll, expect, test } from 'vitest';
import { HostedCluster } from './hosted-cluster.ts';

const client = testCluster();
let namespace = '';
let count = 0;

beforeAll(async () => {
  namespace = await freshNamespace();
});

/** The answer to a hosted cluster that is like the sample but for `change`. */
const created = (change: object): Promise<string> =>
  answerOf(client.create(HostedCluster, aHostedCluster({ namespace, name: 'tried', ...change }), { dryRun: true }));

/** The answer to a later change of the spec of a stored hosted cluster. */
const changed = async (before: object, change: object): Promise<string> => {
  count += 1;
  const name = `stored-${count}`;
  await client.create(HostedCluster, aHostedCluster({ namespace, name, ...before }));
  return answerOf(client.patch(HostedCluster, { namespace, name }, { spec: change }));
};

const etcd = (urls?: string[]) => ({
  etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', ...(urls && { restoreSnapshotURL: urls }) } } },
});
const strategies = (...strategies: object[]) => {
  const names = ['APIServer', 'OAuthServer', 'Konnectivity', 'Ignition', 'OIDC', 'OVNSbDb'];
  return { services: strategies.map((servicePublishingStrategy, at) => ({ service: names[at], servicePublishingStrategy })) };
};
const plain = { type: 'LoadBalancer' };
const named = (hostname: string) => ({ type: 'LoadBalancer', loadBalancer: { hostname } });
const nodePort = (port?: number) => ({ type: 'NodePort', nodePort: { address: '10.0.0.1', ...(port && { port }) } });
const networks = (machine: string[], cluster: string[], service: string[]) => ({
  networking: {
    machineNetwork: machine.map((cidr) => ({ cidr })),
    clusterNetwork: cluster.map((cidr) => ({ cidr })),
    serviceNetwork: service.map((cidr) => ({ cidr })),
  },
});
const OVERLAP = 'CIDR ranges in machineNetwork, clusterNetwork, and serviceNetwork must be unique and non-overlapping';
const PAUSED = "PausedUntil must be a date in RFC3339 format or 'True', 'true', 'False' or 'false'";
const UUID = 'clusterID must be an RFC4122 UUID value';
const SCHEME = 'restoreSnapshotURL must be a valid URL with scheme https or s3';
const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const other = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const ingress = 'Ingress capability can only be disabled if Console capability is also disabled';

test('a hosted cluster gets the defaults that upstream gives', async () => {
  const { spec } = await client.create(HostedCluster, aHostedCluster({ namespace, name: 'defaults' }), { dryRun: true });
  expect(spec).toMatchObject({
    controllerAvailabilityPolicy: 'HighlyAvailable',
    infrastructureAvailabilityPolicy: 'SingleReplica',
    etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', persistentVolume: { size: '8Gi' } } } },
    networking: { networkType: 'OVNKubernetes', clusterNetwork: [{ cidr: '10.132.0.0/14' }], serviceNetwork: [{ cidr: '172.31.0.0/16' }] },
    issuerURL: 'https://kubernetes.default.svc',
    olmCatalogPlacement: 'management',
    fips: false,
    capabilities: {},
  });
});

test.each<[string, object, string]>([
  ['T7 a word that is no time to pause until', { pausedUntil: 'fail' }, PAUSED],
  ['T7 a day alone to pause until', { pausedUntil: '2022-01-01' }, PAUSED],
  ['T7 true to pause until', { pausedUntil: 'true' }, 'accepted'],
  ['T7 false to pause until', { pausedUntil: 'false' }, 'accepted'],
  ['T7 True to pause until', { pausedUntil: 'True' }, 'accepted'],
  ['T7 False to pause until', { pausedUntil: 'False' }, 'accepted'],
  ['T7 a time to pause until', { pausedUntil: '2022-01-01T00:00:00Z' }, 'accepted'],
  ['G-H29 a time with a tail to pause until', { pausedUntil: '2024-01-01T00:00:00banana' }, PAUSED],
  ['G-H29 a time without a zone to pause until', { pausedUntil: '2024-01-01T00:00:00' }, PAUSED],
  ['G-H29 a day that its month does not have', { pausedUntil: '2023-02-29T00:00:00Z' }, 'Invalid value'],
  ['G-H29 a leap day to pause until', { pausedUntil: '2024-02-29T23:59:59Z' }, 'accepted'],
  ['G-H29 a time with a fraction and an offset to pause until', { pausedUntil: '2024-01-01T00:00:00.123456789+09:00' }, 'accepted'],
  ['T27 two snapshots to restore', etcd(['https://a.example/a', 'https://a.example/b']), 'must have at most 1 item'],
  ['T27 a snapshot over http', etcd(['http://backup.example.com/snapshot.db']), SCHEME],
  ['T27 a snapshot over https', etcd(['https://backup.example.com/snapshot.db']), 'accepted'],
  ['T27 a snapshot in a bucket', etcd(['s3://bucket/snapshot.db']), 'accepted'],
  ['T27 a snapshot that is no URL', etcd(['https//a']), SCHEME],
  [
    'an etcd of somebody else without its address',
    { etcd: { managementType: 'Unmanaged' } },
    'Only unmanaged configuration must be set when managementType is Unmanaged',
  ],
  [
    'our etcd with the address of another one',
    { etcd: { ...etcd().etcd, unmanaged: { endpoint: 'https://etcd.example', tls: { clientSecret: { name: 'a' } } } } },
    'Only unmanaged configuration must be set when managementType is Unmanaged',
  ],
  ['T28 three services', strategies(plain, plain, plain), 'spec.services in body should have at least 4 items or 3 for IBMCloud'],
  ['T28 three services on IBMCloud', { platform: { type: 'IBMCloud' }, ...strategies(plain, plain, plain) }, 'accepted'],
  [
    'T28 a Route with a node port',
    strategies(plain, plain, plain, { ...nodePort(), type: 'Route' }),
    'nodePort is required when type is NodePort, and forbidden otherwise',
  ],
  [
    'T28 a NodePort with a route',
    strategies(plain, plain, plain, { ...nodePort(), route: { hostname: 'a.example.com' } }),
    'only route is allowed when type is Route, and forbidden otherwise',
  ],
  [
    'G-H30 two services with one host name',
    strategies(named('a.example.com'), plain, plain, named('a.example.com')),
    'hostnames must be unique',
  ],
  [
    'G-H30 a service and a route with one host name',
    strategies(named('a.example.com'), plain, plain, { type: 'Route', route: { hostname: 'a.example.com' } }),
    'hostnames must be unique',
  ],
  ['G-H30 two services on one node port', strategies(nodePort(30_001), nodePort(30_001), plain, plain), 'node ports must be unique'],
  ['G-H30 services on ports that are given', strategies(nodePort(), nodePort(), nodePort(), nodePort()), 'accepted'],
  ['G-H30 a range of Services inside that of pods', networks([], ['172.16.0.0/16'], ['172.16.0.0/24']), OVERLAP],
  ['G-H30 a range of pods inside that of machines', networks(['10.0.0.0/8'], ['10.132.0.0/14'], ['172.31.0.0/16']), OVERLAP],
  ['G-H30 one range twice', networks([], ['10.1.0.0/16', '10.1.0.0/16'], ['172.31.0.0/16']), OVERLAP],
  [
    'G-H30 ranges of both families that lie apart',
    networks(['10.0.0.0/16', 'fd02::/48'], ['10.132.0.0/14', 'fd01::/48'], ['172.31.0.0/16', 'fd00::/112']),
    'accepted',
  ],
  ['G-H30 ranges of the other family that overlap', networks([], ['10.132.0.0/14', 'fd01::/48'], ['172.31.0.0/16', 'fd01::/112']), OVERLAP],
  ['a range that is none', networks([], ['10.132.0.0'], ['172.31.0.0/16']), 'cidr must be a valid IPv4 or IPv6 CIDR notation'],
  [
    'node ranges with a network plugin that gives its own',
    { networking: { allocateNodeCIDRs: 'Enabled' } },
    "allocateNodeCIDRs can only be set to Enabled when networkType is 'Other'",
  ],
  ['node ranges without a network plugin', { networking: { allocateNodeCIDRs: 'Enabled', networkType: 'Other' } }, 'accepted'],
  ['a network that nobody makes', { networking: { networkType: 'Foo' } }, 'Unsupported value: "Foo": supported values:'],
  ['T30 a clusterID that is no UUID', { clusterID: 'foo' }, UUID],
  ['T30 a clusterID', { clusterID: id }, 'accepted'],
  ['T30 an infraID with a sign in it', { infraID: '@' }, 'infraID must consist of lowercase alphanumeric characters'],
  [
    'T31 an availability that is none',
    { controllerAvailabilityPolicy: 'foo' },
    'Unsupported value: "foo": supported values: "HighlyAvailable", "SingleReplica"',
  ],
  ['T34 a base domain with a sign in it', { dns: { baseDomain: '@foo' } }, 'baseDomain must be a valid domain name'],
  ['T34 a base domain of one word', { dns: { baseDomain: 'foo' } }, 'accepted'],
  ['T34 a base domain', { dns: { baseDomain: 'foo.bar' } }, 'accepted'],
  ['T34 a base domain that begins with digits', { dns: { baseDomain: '123.foo.bar' } }, 'accepted'],
  ['T34 no base domain', { dns: { baseDomain: '' } }, 'accepted'],
  [
    'T36 shrinking where only growing is asked for',
    { autoscaling: { scaling: 'ScaleUpOnly', scaleDown: { delayAfterAddSeconds: 60 } } },
    'scaleDown can only be set when scaling is ScaleUpAndScaleDown',
  ],
  ['T36 shrinking', { autoscaling: { scaleDown: { delayAfterAddSeconds: 60 } } }, 'accepted'],
  ['T36 an ignored label with a sign', { autoscaling: { balancingIgnoredLabels: ['invalid@label'] } }, 'balancingIgnoredLabels'],
  [
    'T36 an ignored label that begins with a dash',
    { autoscaling: { balancingIgnoredLabels: ['-invalid-label'] } },
    'balancingIgnoredLabels',
  ],
  ['T36 an ignored label that ends with a dash', { autoscaling: { balancingIgnoredLabels: ['invalid-label-'] } }, 'balancingIgnoredLabels'],
  ['T36 an ignored label', { autoscaling: { balancingIgnoredLabels: ['topology.ebs.csi.aws.com/zone'] } }, 'accepted'],
  ['a release without an image', { release: { image: '' } }, 'spec.release.image'],
  ['a release whose image begins with a sign', { release: { image: '@' } }, 'Image must start with a word character'],
  ['an update service that is no URL', { updateService: 'foo' }, 'updateService must be a valid absolute URL'],
  [
    'a part that is both there and not',
    { capabilities: { enabled: ['Console'], disabled: ['Console'] } },
    'Capabilities can not be both enabled and disabled at once',
  ],
  ['no ingress but a console', { capabilities: { disabled: ['Ingress'] } }, ingress],
  ['neither ingress nor console', { capabilities: { disabled: ['Ingress', 'Console'] } }, 'accepted'],
  [
    'a certificate for the name of the load balancer',
    {
      ...strategies(named('api.example.com'), plain, plain, plain),
      configuration: { apiServer: { servingCerts: { namedCertificates: [{ names: ['api.example.com'] }] } } },
    },
    'APIServer loadBalancer hostname cannot be in ClusterConfiguration.apiserver.servingCerts.namedCertificates[]',
  ],
  ['tokens that end too soon', { configuration: { oauth: { tokenConfig: { accessTokenInactivityTimeout: '1m' } } } }, '300 seconds'],
])('%s: the API server answers as it should', async (_title, change, answer) => {
  expect(await created(change)).toContain(answer);
});

test.each<[string, object, object, string]>([
  ['T27 a snapshot that is exchanged', etcd(['https://a.example/a']), etcd(['https://a.example/b']), 'restoreSnapshotURL is immutable'],
  [
    'T27 a snapshot that is taken away',
    etcd(['https://a.example/a']),
    { etcd: { managed: { storage: { restoreSnapshotURL: null } } } },
    'restoreSnapshotURL is immutable',
  ],
  ['T27 a snapshot that is added', etcd(), etcd(['https://a.example/a']), 'restoreSnapshotURL cannot be added or removed after creation'],
  ['T27 something else beside a snapshot', etcd(['https://a.example/a']), { pausedUntil: 'true' }, 'accepted'],
  ['T28 another way to publish a service', {}, strategies(nodePort(), plain, plain, plain), 'Services is immutable'],
  ['T30 an infraID that is set', {}, { infraID: 'demo-x7k2f' }, 'accepted'],
  ['T30 an infraID that is exchanged', { infraID: 'demo-x7k2f' }, { infraID: 'demo-aaaaa' }, 'infraID is immutable'],
  ['T30 an infraID that is removed', { infraID: 'demo-x7k2f' }, { infraID: null }, 'infraID cannot be removed once set'],
  ['T30 a clusterID that is set', {}, { clusterID: id }, 'accepted'],
  ['T30 a clusterID that is exchanged', { clusterID: id }, { clusterID: other }, 'clusterID is immutable'],
  ['T30 a clusterID that is removed', { clusterID: id }, { clusterID: null }, 'clusterID cannot be removed once set'],
  ['T31 another availability', {}, { controllerAvailabilityPolicy: 'SingleReplica' }, 'ControllerAvailabilityPolicy is immutable'],
  [
    'T33 secret encryption that is removed',
    { secretEncryption: { type: 'aescbc', aescbc: { activeKey: { name: 'a' } } } },
    { secretEncryption: null },
    'secretEncryption cannot be removed once configured',
  ],
  [
    'T33 a key that is exchanged',
    { secretEncryption: { type: 'aescbc', aescbc: { activeKey: { name: 'a' } } } },
    { secretEncryption: { aescbc: { activeKey: { name: 'b' }, backupKey: { name: 'a' } } } },
    'accepted',
  ],
  ['another platform', {}, { platform: { type: 'Agent', agent: { agentNamespace: 'a' } } }, 'Type is immutable'],
  ['another range of pods', {}, { networking: { clusterNetwork: [{ cidr: '10.0.0.0/14' }] } }, 'clusterNetwork is immutable'],
  ['another base domain', {}, { dns: { baseDomain: 'other.test' } }, 'baseDomain is immutable'],
  ['a base domain where there was none', { dns: { baseDomain: '' } }, { dns: { baseDomain: 'foo.bar' } }, 'accepted'],
  ['a larger volume', {}, { etcd: { managed: { storage: { persistentVolume: { size: '16Gi' } } } } }, 'Etcd PV storage size is immutable'],
  ['another release', {}, { release: { image: 'registry.example/release:4.21.1' } }, 'accepted'],
])('%s: the API server answers a change as it should', async (_title, before, change, answer) => {
  expect(await changed(before, change)).toContain(answer);
});
