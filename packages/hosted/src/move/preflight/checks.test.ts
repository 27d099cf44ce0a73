import { expect, test } from 'vitest';
import { preflight } from './checks.ts';
import type { PreflightFacts } from './facts.ts';

const now = new Date('2030-01-01T10:00:00Z');
const cluster = { infraID: 'sample-abcde', release: '4.21.0', paused: false, fenced: undefined, deleting: false, storageClass: 'retain' };
const good: PreflightFacts = {
  source: { uid: 'one', time: now },
  expected: 'one',
  target: { uid: 'two', time: now },
  cluster,
  goingPools: [],
  services: [
    { service: 'APIServer', type: 'NodePort', host: 'api-sample.hc.test', nodePort: 31443 },
    { service: 'OAuthServer', type: 'None', host: undefined, nodePort: undefined },
  ],
  owners: new Map([['api-sample.hc.test', 'mgmt-1']]),
  unmarked: new Set(),
  zone: 'hc.test',
  owner: 'mgmt-2',
  releaseProblem: undefined,
  there: [],
  wanted: 'clusters/sample',
  home: undefined,
  missing: [],
  differing: [],
  takenPools: [],
  storageClasses: [{ name: 'retain', isDefault: false }],
  takenPorts: new Set(),
  rival: undefined,
  store: { url: 's3://bucket', fault: undefined, isPublic: false },
  hasMachines: true,
  capi: true,
  now,
};
const AGENTS = 'konnectivity-sample.hc.test';
const named = [...good.services, { service: 'Konnectivity', type: 'LoadBalancer', host: AGENTS, nodePort: undefined }];
const problems = (change: Partial<PreflightFacts>) =>
  preflight({ ...good, ...change }).flatMap(({ name, problem }) => (problem === undefined ? [] : [name]));

test('where all holds, nothing is a problem, and every check says what it saw', () => {
  expect(problems({})).toEqual([]);
  expect(preflight(good).every(({ result }) => result !== '')).toBe(true);
});

test('what holds is told under the name of what was looked at, not of its fault', () => {
  expect(preflight(good).map(({ name }) => name)).toEqual([
    ...['Clusters', 'HostedCluster', 'SourceFree', 'References', 'Release', 'HostNames', 'HostNamesFree', 'DNS', 'DestinationFree'],
    ...['StorageClass', 'NodePorts', 'ClusterAPI', 'Clocks', 'Store'],
  ]);
});

test.each<[string, Partial<PreflightFacts>, string]>([
  ['the same cluster twice', { target: { uid: 'one', time: now } }, 'SameCluster'],
  [
    'another source',
    { cluster: undefined, store: good.store, services: [], storageClasses: [{ name: 'x', isDefault: true }] },
    'HostedClusterMissing',
  ],
  ['a source that is another cluster than was meant', { expected: 'three' }, 'AnotherSource'],
  ['a cluster that is being deleted', { cluster: { ...cluster, deleting: true } }, 'SourceDeleting'],
  ['a pool that is being deleted', { goingPools: ['a'] }, 'SourceDeleting'],
  ['two operators of one name', { owner: 'mgmt-1' }, 'DNSOwnerShared'],
  ['a paused cluster', { cluster: { ...cluster, paused: true } }, 'SourcePaused'],
  ['a cluster that runs elsewhere', { cluster: { ...cluster, fenced: 'fence/x' } }, 'SourceFenced'],
  ['a release that is not supported there', { releaseProblem: 'the latest version supported is: 4.20' }, 'ReleaseUnsupported'],
  [
    'a service without a host name',
    { services: [{ service: 'Konnectivity', type: 'LoadBalancer', host: undefined, nodePort: undefined }] },
    'HostNameMissing',
  ],
  ['an operator that writes no DNS', { zone: undefined }, 'DNSMissing'],
  ['names of another zone', { zone: 'other.test' }, 'DNSOutsideOfZone'],
  ['names that nobody owns', { owners: new Map() }, 'DNSNotOwned'],
  [
    'a name that leads somewhere and that nobody owns, beside one that is owned',
    { services: named, unmarked: new Set([AGENTS]) },
    'DNSNotOwned',
  ],
  ['a reference that leads nowhere', { missing: ['Secret clusters/pull (spec.pullSecret)'] }, 'ReferencesMissing'],
  ['a cluster of that name', { there: [{ name: 'clusters/sample', infraID: 'x', hosts: [] }] }, 'DestinationTaken'],
  ['a cluster of that identity', { there: [{ name: 'other/one', infraID: 'sample-abcde', hosts: [] }] }, 'DestinationTaken'],
  ['a cluster with its names', { there: [{ name: 'other/one', infraID: 'x', hosts: ['api-sample.hc.test'] }] }, 'HostNameTaken'],
  ['a Secret of that name with other content', { differing: ['Secret clusters/pull'] }, 'DestinationTaken'],
  ['a pool of that name', { takenPools: ['clusters/workers'] }, 'DestinationTaken'],
  ['a namespace that two names lead to', { home: 'clusters-sample' }, 'DestinationTaken'],
  ['another move of it', { rival: 'hypershift/other' }, 'MoveUnderWay'],
  ['no storage class', { storageClasses: [] }, 'StorageClassMissing'],
  ['a taken node port', { takenPorts: new Set([31443]) }, 'NodePortTaken'],
  ['no Cluster API', { capi: false }, 'ClusterAPIMissing'],
  ['clocks that differ', { target: { uid: 'two', time: new Date('2030-01-01T10:01:00Z') } }, 'ClockSkew'],
  ['a store that refuses', { store: { url: 's3://b', fault: 'access denied', isPublic: false } }, 'StoreUnusable'],
  ['a public bucket', { store: { url: 's3://b', fault: undefined, isPublic: true } }, 'BucketPublic'],
])('%s is found before anything is changed (G-H7)', (_title, change, name) => {
  expect(problems(change)).toContain(name);
});

test('a control plane alone needs no Cluster API', () => {
  expect(problems({ capi: false, hasMachines: false })).toEqual([]);
});

test.each<[string, Partial<PreflightFacts>]>([
  ['leads nowhere yet', { services: named }],
  [
    'belongs to a service that nobody publishes',
    { services: [...good.services, { ...named[2], service: 'OAuthServer', type: 'LoadBalancer' } as never], unmarked: new Set([AGENTS]) },
  ],
])('a name that nobody owns is no problem when it %s', (_title, change) => {
  expect(problems(change)).toEqual([]);
});
