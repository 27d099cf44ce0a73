import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotations } from '../names/index.ts';
import { convert, type Versioned } from './convert.ts';
import { isJson, type Json } from './json.ts';
import { restoreUrls } from './restore-urls.ts';

const OLD = 'hypershift.openshift.io/v1alpha1';
const NEW = 'hypershift.openshift.io/v1beta1';

const anObject = (apiVersion: string, kind: string, spec: object, status?: object): Versioned => ({
  apiVersion,
  kind,
  metadata: { name: 'demo', namespace: 'clusters', annotations: { note: 'kept' } },
  spec,
  ...(status === undefined ? {} : { status }),
});

const to = (desired: string, object: Versioned): Versioned => {
  const converted = convert(object, desired);
  if (!converted.ok) throw new Error(converted.message);
  return JSON.parse(JSON.stringify(converted.object)) as Versioned;
};

const pruned = (object: Json): Json => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
const some = (shape: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Json> =>
  fc.record(shape, { requiredKeys: [] }).map((object) => pruned(object as Json));

const word = fc.constantFrom('a', 'b', 'c');
const cidr = fc.constantFrom('', '10.0.0.0/16', '10.132.0.0/14', 'fd00::/48');
const ranges = fc.array(some({ cidr, hostPrefix: fc.integer({ min: 20, max: 24 }) }), { maxLength: 2 });
const reference = fc.record({ name: word });
const anything = fc.jsonValue({ maxDepth: 2 });
const role = fc.oneof(
  word,
  word.map((name) => `arn-from-secret::${name}`),
);
const networking = some({
  machineCIDR: cidr,
  podCIDR: cidr,
  serviceCIDR: cidr,
  machineNetwork: ranges,
  clusterNetwork: ranges,
  serviceNetwork: ranges,
  networkType: word,
  apiServer: some({ port: fc.nat(), advertiseAddress: word, allowedCIDRBlocks: fc.array(cidr, { maxLength: 2 }) }),
});
const items = fc.uniqueArray(
  fc.record({
    apiVersion: fc.constant('config.openshift.io/v1'),
    kind: fc.constantFrom('APIServer', 'OAuth', 'Proxy', 'Image'),
    spec: fc.oneof(some({ trustedCA: reference, clientSecret: reference }), anything),
  }),
  { selector: ({ kind }) => kind, maxLength: 4 },
);
const references = fc.array(reference, { maxLength: 2 });
const configuration = some({
  items,
  secretRefs: references,
  configMapRefs: references,
  apiServer: some({ clientCA: reference }),
  proxy: anything,
});
const rolesRef = some({ ingressARN: role, storageARN: role, kubeCloudControllerARN: role, other: word });
const roles = fc.array(
  fc.record({ arn: word, namespace: fc.constantFrom('openshift-image-registry', 'openshift-ingress-operator', 'x'), name: word }),
);
const aws = some({
  region: word,
  roles,
  kubeCloudControllerCreds: reference,
  nodePoolManagementCreds: some({ name: fc.constantFrom('', 'a') }),
  rolesRef,
});
const auth = some({ credentials: reference, awsKms: role });
const secretEncryption = some({ type: word, kms: some({ aws: some({ auth }) }) });
const etcd = some({ managed: some({ storage: some({ restoreSnapshotURL: fc.array(word, { maxLength: 3 }) }) }) });
const topLevel = {
  serviceCIDR: cidr,
  podCIDR: cidr,
  networkType: word,
  apiPort: fc.nat(),
  apiAdvertiseAddress: word,
  apiAllowedCIDRBlocks: fc.array(cidr),
};
const specs: Record<string, fc.Arbitrary<Json>> = {
  NodePool: some({ nodeCount: fc.nat(), replicas: fc.nat(), clusterName: word, future: anything }),
  HostedCluster: some({ networking, configuration, etcd, secretEncryption, platform: some({ aws, type: word }), future: anything }),
  HostedControlPlane: some({ ...topLevel, networking, configuration, etcd, secretEncryption, platform: some({ aws }), future: anything }),
};
const everyKind = Object.keys(specs);

/** Any object of a version, with what a spec of either version may hold, fields that nobody knows included. */
const objects = (apiVersion: string, kind: string) =>
  fc
    .tuple(specs[kind] ?? fc.constant({}), fc.option(fc.dictionary(word, anything), { nil: undefined }))
    .map(([spec, status]) => JSON.parse(JSON.stringify(anObject(apiVersion, kind, spec, status))) as Versioned);

const runs = { numRuns: 150 };

test.each(everyKind)('a %s that is written in v1alpha1 is read back in it as it was written', (kind) => {
  fc.assert(
    fc.property(objects(OLD, kind), (object) => {
      expect(to(OLD, to(NEW, object))).toEqual(object);
    }),
    runs,
  );
});

test.each(everyKind)('a %s that is stored in v1beta1 survives being read and written back in v1alpha1', (kind) => {
  fc.assert(
    fc.property(objects(NEW, kind), (object) => {
      expect(to(NEW, to(OLD, object))).toEqual(object);
    }),
    runs,
  );
});

test.each(everyKind)('a %s is the same after any number of ways', (kind) => {
  fc.assert(
    fc.property(objects(OLD, kind), (object) => {
      const stored = to(NEW, object);
      expect(to(NEW, to(OLD, stored))).toEqual(stored);
    }),
    runs,
  );
});

test.each(everyKind)('a change of a %s in v1beta1 is seen in v1alpha1, whatever the object was written as', (kind) => {
  fc.assert(
    fc.property(objects(OLD, kind), objects(OLD, kind), (before, after) => {
      const stored = to(NEW, before);
      const changed = { ...stored, spec: to(NEW, { ...after, metadata: {} }).spec };
      const seen = to(OLD, changed);
      expect(to(NEW, seen).spec).toEqual(changed.spec);
    }),
    runs,
  );
});

type Case = [title: string, kind: string, old: object, stored: object];

const spread = (networkType: string) => ({ networkType, clusterNetwork: [{ cidr: '10.132.0.0/14' }] });

test.each<Case>([
  ['the node count becomes the replicas', 'NodePool', { nodeCount: 3 }, { replicas: 3 }],
  ['replicas win over the node count', 'NodePool', { nodeCount: 3, replicas: 2 }, { replicas: 2 }],
  [
    'single ranges become lists',
    'HostedCluster',
    { networking: { machineCIDR: '10.0.0.0/16', podCIDR: '10.132.0.0/14', serviceCIDR: '172.31.0.0/16' } },
    {
      networking: {
        machineNetwork: [{ cidr: '10.0.0.0/16' }],
        clusterNetwork: [{ cidr: '10.132.0.0/14' }],
        serviceNetwork: [{ cidr: '172.31.0.0/16' }],
      },
    },
  ],
  [
    'empty ranges stay empty',
    'HostedCluster',
    { networking: { podCIDR: '', networkType: 'Other' } },
    { networking: { networkType: 'Other' } },
  ],
  [
    'ranges on the top move into the networking',
    'HostedControlPlane',
    { podCIDR: '10.132.0.0/14', networkType: 'Other' },
    { networking: spread('Other') },
  ],
  [
    'the API server on the top moves into the networking',
    'HostedControlPlane',
    { apiPort: 7443, apiAdvertiseAddress: '172.20.0.1', apiAllowedCIDRBlocks: ['10.0.0.0/8'] },
    { networking: { apiServer: { port: 7443, advertiseAddress: '172.20.0.1', allowedCIDRBlocks: ['10.0.0.0/8'] } } },
  ],
  [
    'raw configuration becomes fields',
    'HostedCluster',
    {
      configuration: {
        items: [{ apiVersion: 'config.openshift.io/v1', kind: 'Proxy', spec: { trustedCA: { name: 'a' } } }],
        configMapRefs: [{ name: 'a' }],
      },
    },
    { configuration: { proxy: { trustedCA: { name: 'a' } } } },
  ],
  [
    'roles and credentials become roles by purpose',
    'HostedCluster',
    {
      platform: {
        aws: {
          roles: [{ arn: 'r', namespace: 'openshift-image-registry', name: 'installer-cloud-credentials' }],
          nodePoolManagementCreds: { name: 's' },
        },
      },
    },
    { platform: { aws: { rolesRef: { imageRegistryARN: 'r', nodePoolManagementARN: 'arn-from-secret::s' } } } },
  ],
  [
    'credentials of a key service become a role',
    'HostedCluster',
    { secretEncryption: { kms: { aws: { auth: { credentials: { name: 's' } } } } } },
    { secretEncryption: { kms: { aws: { auth: { awsKms: 'arn-from-secret::s' } } } } },
  ],
  [
    'of several URLs the first one stays',
    'HostedCluster',
    { etcd: { managed: { storage: { restoreSnapshotURL: ['https://a', 'https://b', 'https://c'] } } } },
    { etcd: { managed: { storage: { restoreSnapshotURL: ['https://a'] } } } },
  ],
])('on the way to v1beta1 %s', (_title, kind, old, stored) => {
  expect(to(NEW, anObject(OLD, kind, old)).spec).toEqual(stored);
});

test('the restore URLs of v1alpha1 are all known, those of v1beta1 too', () => {
  const urls = ['https://a', 'https://b', 'https://c'];
  const spec = { etcd: { managed: { storage: { restoreSnapshotURL: urls } } } };
  const asked = (object: Versioned) => restoreUrls(object as unknown as Parameters<typeof restoreUrls>[0]);
  expect(asked(to(NEW, anObject(OLD, 'HostedCluster', spec)))).toEqual(urls);
  expect(asked(anObject(NEW, 'HostedCluster', { etcd: { managed: { storage: { restoreSnapshotURL: ['https://a'] } } } }))).toEqual([
    'https://a',
  ]);
  expect(asked(anObject(NEW, 'HostedCluster', {}))).toEqual([]);
});

test('an object that both versions say alike carries no annotation of differences', () => {
  const stored = to(NEW, anObject(OLD, 'NodePool', { replicas: 2 }));
  expect(stored.metadata?.annotations).toEqual({ note: 'kept' });
});

test('a node count does not come back over a later number of replicas', () => {
  const stored = to(NEW, anObject(OLD, 'NodePool', { nodeCount: 3 }));
  expect(stored.metadata?.annotations).toHaveProperty(annotations.v1alpha1Fields);
  const scaled = { ...stored, spec: { ...(isJson(stored.spec) ? stored.spec : {}), replicas: 5 } };
  expect(to(OLD, scaled).spec).toEqual({ replicas: 5 });
});

test('an annotation that somebody has damaged is left out', () => {
  const damaged = anObject(NEW, 'NodePool', { replicas: 2 });
  damaged.metadata = { annotations: { [annotations.v1alpha1Fields]: '{' } };
  expect(to(OLD, damaged)).toEqual({ apiVersion: OLD, kind: 'NodePool', metadata: {}, spec: { replicas: 2 } });
});

const config = (...kinds: [string, string][]) =>
  anObject(OLD, 'HostedCluster', { configuration: { items: kinds.map(([apiVersion, kind]) => ({ apiVersion, kind, spec: {} })) } });

test.each<[string, Versioned, string, string]>([
  ['of another group', config(['v1', 'Secret']), NEW, 'invalid resource type found in configuration'],
  [
    'of one kind twice',
    config(['config.openshift.io/v1', 'OAuth'], ['config.openshift.io/v1', 'OAuth']),
    NEW,
    'duplicate config type found: OAuth',
  ],
  ['of a kind without an old version', anObject(OLD, 'HCPEtcdBackup', {}), NEW, 'HCPEtcdBackup cannot go from'],
  ['to a version that nobody knows', anObject(OLD, 'NodePool', {}), 'hypershift.openshift.io/v1', 'ask for'],
])('something %s is refused in words', (_title, object, desired, message) => {
  const converted = convert(object, desired);
  expect(converted).toEqual({ ok: false, message: expect.stringContaining(message) });
});
