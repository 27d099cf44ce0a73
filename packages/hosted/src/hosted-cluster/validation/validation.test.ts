import { expect, test } from 'vitest';
import { aHostedCluster, SERVICES } from '../hosted-cluster.fixture.ts';
import { configurationProblems, type ValidationFacts } from './configuration-problems.ts';
import type { Home } from './home.ts';

const home = { name: 'clusters-sample', owner: undefined, wantedBy: 'clusters/sample' };
const none = { nodePortRange: undefined, servesRoutes: false, agentNamespaceExists: true, home };
const problems = (changes: Parameters<typeof aHostedCluster>[0], facts: Partial<Omit<ValidationFacts, 'spec'>> = {}) =>
  configurationProblems({ spec: aHostedCluster(changes).spec, ...none, ...facts });

const networks = (machine: string[], cluster: string[], service: string[], advertiseAddress?: string) => ({
  networking: {
    machineNetwork: machine.map((cidr) => ({ cidr })),
    clusterNetwork: cluster.map((cidr) => ({ cidr })),
    serviceNetwork: service.map((cidr) => ({ cidr })),
    networkType: 'Other' as const,
    ...(advertiseAddress === undefined ? {} : { apiServer: { advertiseAddress } }),
  },
});

test('the sample has no problem', () => {
  expect(problems({})).toEqual([]);
});

test.each([
  ['fd02::/48 and fd02::/64', networks(['fd02::/48'], ['fd02::/64'], ['fd03::/112']), 1],
  ['three that do not touch', networks(['fd02::/48'], ['fd01::/64'], ['2620:52:0:1306::1/64']), 0],
  ['172.16.0.0/16 and 172.16.0.0/24', networks([], ['172.16.0.0/16'], ['172.16.0.0/24']), 1],
  ['172.16.1.0/24 and 172.16.0.0/24', networks([], ['172.16.1.0/24'], ['172.16.0.0/24']), 0],
])('T78: networks %s give %o problems', (_title, changes, count) => {
  expect(problems(changes)).toHaveLength(count);
});

test.each([
  ['fd03::1 in cluster fd03::/64', networks([], ['fd03::/64'], ['fd04::/112'], 'fd03::1'), 1],
  ['192.168.1.1 in machine 192.168.1.0/24', networks(['192.168.1.0/24'], ['10.132.0.0/14'], ['172.31.0.0/16'], '192.168.1.1'), 1],
  ['192.168.2.1.2', networks([], ['10.132.0.0/14'], ['172.31.0.0/16'], '192.168.2.1.2'), 1],
  ['none', networks([], ['10.132.0.0/14'], ['172.31.0.0/16']), 0],
  ['one outside of all networks', networks([], ['10.132.0.0/14'], ['172.31.0.0/16'], '172.20.0.1'), 0],
])('T79: advertise address %s', (_title, changes, count) => {
  expect(problems(changes)).toHaveLength(count);
});

test.each([
  ['IPv4 and IPv6 side by side in each', networks([], ['10.132.0.0/14', 'fd01::/48'], ['172.31.0.0/16', 'fd02::/112']), []],
  [
    'IPv4 pods and IPv6 Services',
    networks([], ['10.132.0.0/14'], ['fd02::/112']),
    ['spec.networking mixes IPv4 and IPv6: clusterNetwork is IPv4, serviceNetwork is IPv6; give each of them the same families'],
  ],
])('families: %s', (_title, changes, expected) => {
  expect(problems(changes)).toEqual(expected);
});

const [api, oauth, konnectivity, ignition] = SERVICES;
const nodePort = (port: number, address = '192.168.1.1') => ({
  services: [
    { service: 'APIServer' as const, servicePublishingStrategy: { type: 'NodePort' as const, nodePort: { address, port } } },
    oauth,
    konnectivity,
    ignition,
  ] as NonNullable<Parameters<typeof aHostedCluster>[0]>['services'] & object,
});

test('two services with one host name are named', () => {
  const twice = { service: 'OAuthServer' as const, servicePublishingStrategy: api?.servicePublishingStrategy ?? { type: 'None' as const } };
  expect(problems({ services: [api, twice, konnectivity, ignition].flatMap((each) => each ?? []) })).toEqual([
    'services APIServer and OAuthServer share the host name apiserver.sample.hc.test; give each a name of its own',
  ]);
});

test.each([
  ['inside of the default range', nodePort(30_443), {}, []],
  ['outside of it', nodePort(443), {}, ['service APIServer: node port 443 is not within 30000-32767']],
  ['inside of a range of its own', nodePort(443), { nodePortRange: '400-500' }, []],
  [
    'with a range that is none',
    nodePort(443),
    { nodePortRange: '400' },
    ['the management cluster gives "400" as its range of node ports; write two numbers, for instance 30000-32767'],
  ],
  ['chosen by the management cluster', nodePort(0), {}, []],
  [
    'at an address of the service network',
    nodePort(30_443, '172.31.0.9'),
    {},
    ['Nodeport IP is within the service network range: 172.31.0.9 is within 172.31.0.0/16'],
  ],
])('a node port %s', (_title, changes, facts, expected) => {
  expect(problems(changes, facts)).toEqual(expected);
});

test.each([
  ['a cluster id that is no UUID', { clusterID: 'foo' }, 'spec.clusterID: "foo" is no UUID; leave it out to get one'],
  [
    'a Route without the API',
    { services: [{ service: 'APIServer' as const, servicePublishingStrategy: { type: 'Route' as const } }] },
    'service APIServer is published by a Route, but this management cluster serves no route.openshift.io; publish it by LoadBalancer or NodePort',
  ],
])('%s is refused', (_title, changes, message) => {
  expect(problems(changes)).toEqual([message]);
});

test('an Agent cluster needs the namespace of its agents', () => {
  const changes = { platform: { type: 'Agent' as const, agent: { agentNamespace: 'agents' } } };
  expect(configurationProblems({ ...none, spec: aHostedCluster(changes).spec, agentNamespaceExists: false })).toEqual([
    'spec.platform.agent.agentNamespace: namespace agents does not exist; create it, or name the one that holds the agents',
  ]);
});

const LONG = `clusters-${'a'.repeat(55)}`;
test.each<[string, Partial<Home>, string[]]>([
  ['is not there yet', {}, []],
  ['is its own', { owner: 'clusters/sample' }, []],
  ['has the longest name that one can have', { name: LONG.slice(1) }, []],
  [
    'is that of another cluster, since both join to the same name',
    { name: 'prod-eu-web', owner: 'prod-eu/web', wantedBy: 'prod/eu-web' },
    [
      'namespace prod-eu-web, where the control plane has to live, belongs to HostedCluster prod-eu/web; give this one another name or namespace',
    ],
  ],
  [
    'cannot have its name',
    { name: LONG },
    [`the control plane has to live in namespace ${LONG}, which has 64 characters and may have 63; give the HostedCluster a shorter name`],
  ],
])('the namespace of the control plane %s', (_title, changes, expected) => {
  expect(problems({}, { home: { ...home, ...changes } })).toEqual(expected);
});
