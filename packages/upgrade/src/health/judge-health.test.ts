import { expect, test } from 'vitest';
import { healthFindings, judgeHealth, whyUnhealthy } from './judge-health.ts';
import type { Observed } from './observed.ts';

const now = new Date('2030-01-01T10:00:00Z');
const is = (type: string, status: string) => ({ type, status });
const named = (name: string, rest: object = {}) => ({ apiVersion: 'v1', kind: 'Any', metadata: { name }, ...rest });
const withConditions = (name: string, ...conditions: object[]) => named(name, { status: { conditions } });
const operator = (name: string, available = 'True', progressing = 'False', degraded = 'False') =>
  withConditions(name, is('Available', available), is('Progressing', progressing), is('Degraded', degraded));
const aNode = (name: string, roles: string[], ...conditions: object[]) => ({
  ...withConditions(name, ...conditions),
  metadata: { name, labels: Object.fromEntries(roles.map((role) => [`node-role.kubernetes.io/${role}`, ''])) },
});
const ROLES = ['control-plane', 'master', 'worker'];
const csr = (name: string, created: string, ...conditions: object[]) => ({
  ...withConditions(name, ...conditions),
  metadata: { name, creationTimestamp: created },
});

/** An OpenShift cluster on which all is well. */
const healthy = {
  clusterOperators: [operator('dns'), operator('etcd')],
  machineConfigPools: [named('master', { status: { machineCount: 1, readyMachineCount: 1 } })],
  sriovNodeStates: [named('n1', { status: { syncStatus: 'Succeeded' } })],
  dataProtectionApplications: [withConditions('dpa', is('Reconciled', 'True'))],
  backupStorageLocations: [named('dpa-1', { status: { phase: 'Available' } })],
  infrastructures: [named('cluster', { status: { controlPlaneTopology: 'SingleReplica' } })],
  nodes: [aNode('n1', ROLES, is('Ready', 'True'))],
  clusterServiceVersions: [named('oadp', { status: { phase: 'Succeeded', reason: 'Copied' } })],
  certificateSigningRequests: [csr('csr-1', '2030-01-01T09:59:00Z', is('Approved', 'True'))],
  now,
};

type Case = Partial<Record<keyof Observed, unknown>>;
const judged = (facts: Case) => judgeHealth({ ...healthy, ...facts } as unknown as Observed);
const why = (facts: Case) => whyUnhealthy(judged(facts));

test('a healthy cluster is healthy, and nothing is told', () => {
  expect(why({})).toBeUndefined();
  expect(healthFindings(judged({}))).toEqual([]);
});

test.each<[string, Case, string]>([
  [
    'operators',
    { clusterOperators: [operator('a', 'False'), operator('b', 'True', 'True'), operator('c', 'True', 'False', 'True')] },
    'one or more ClusterOperators not yet ready: a, b, c',
  ],
  [
    'pools',
    { machineConfigPools: [named('worker', { status: { machineCount: 2, readyMachineCount: 1 } })] },
    'one or more MachineConfigPools not yet ready: worker',
  ],
  ['no network cards', { sriovNodeStates: [] }, 'no SriovNetworkNodeStates present'],
  ['network cards', { sriovNodeStates: [named('n1', { status: { syncStatus: 'InProgress' } })] }, 'sriovNetworkNodeState not ready'],
  [
    'settings of backups',
    { dataProtectionApplications: [withConditions('dpa', is('Reconciled', 'False'))] },
    'dataProtectionApplication not reconciled',
  ],
  ['no place for backups', { backupStorageLocations: [] }, 'backupsStorageLocations not yet created'],
  [
    'a place for backups',
    { backupStorageLocations: [named('dpa-1', { status: { phase: 'Unavailable' } })] },
    'backupStorageLocation dpa-1 not available',
  ],
  ['the node', { nodes: [aNode('n1', ROLES, is('Ready', 'Unknown'))] }, 'node is not yet ready: n1'],
  ['its network', { nodes: [aNode('n1', ROLES, is('Ready', 'True'), is('NetworkUnavailable', 'True'))] }, 'node network unavailable: n1'],
  ['its roles', { nodes: [aNode('n1', ['control-plane', 'worker'], is('Ready', 'True'))] }, 'node missing master label: n1'],
  [
    'installed operators',
    {
      clusterServiceVersions: [named('a', { status: { phase: 'Failed' } }), named('lifecycle-agent.v1', { status: { phase: 'Pending' } })],
    },
    'one or more ClusterServiceVersions not yet ready: a',
  ],
  [
    'a certificate request',
    { certificateSigningRequests: [csr('csr-2', '2030-01-01T09:59:00Z')] },
    'certificateSigningRequest (csr) csr-2 not yet approved',
  ],
])('3.0 what is not well with %s is said in upstream’s words', (_title, facts, text) => {
  expect(why(facts)).toBe(`one or more health checks failed: ${text}`);
});

const degraded = [operator('etcd', 'True', 'False', 'True')];
const unready = [named('master', { status: { machineCount: 1, readyMachineCount: 0 } })];

test('the first failure stands without a dash, the next ones with', () => {
  expect(why({ clusterOperators: degraded, machineConfigPools: unready })).toBe(
    'one or more health checks failed: one or more ClusterOperators not yet ready: etcd\n  - one or more MachineConfigPools not yet ready: master',
  );
});

test('G-I10 all that is wrong is told, although only what upstream would look at first blocks', () => {
  const all = judged({
    clusterOperators: degraded,
    machineConfigPools: unready,
    sriovNodeStates: [],
    nodes: [aNode('n1', ROLES, is('Ready', 'False'))],
  });
  expect(healthFindings(all).map(({ code, severity }) => [code, severity])).toEqual([
    ['ClusterOperatorsNotReady', 'Error'],
    ['MachineConfigPoolsNotReady', 'Error'],
    ['SriovNodeStatesNotReady', 'Error'],
    ['NodeNotReady', 'Error'],
  ]);
  expect(whyUnhealthy(all)).not.toContain('Sriov');
  expect(whyUnhealthy(all)).not.toContain('node is not yet ready');
  expect(whyUnhealthy(all, 'deferred')).toBe('one or more health checks failed: node is not yet ready: n1');
});

test('after the reboot only the mandatory ones block at first', () => {
  expect(whyUnhealthy(judged({ nodes: [aNode('n1', ROLES, is('Ready', 'False'))] }), 'mandatory')).toBeUndefined();
});

test('G-I8 a certificate request that nobody approves is named, and blocks for a quarter of an hour only', () => {
  const old = judged({ certificateSigningRequests: [csr('foreign', '2030-01-01T09:44:00Z')] });
  expect(whyUnhealthy(old)).toBeUndefined();
  expect(healthFindings(old)).toMatchObject([{ severity: 'Warning', message: expect.stringContaining('(csr) foreign not yet approved') }]);
});

const plain: Case = Object.fromEntries(
  Object.keys(healthy)
    .filter((key) => key !== 'nodes' && key !== 'now')
    .map((key) => [key, undefined]),
);

test.each<[string, Case, string | undefined]>([
  ['passes every check whose API is not served', { nodes: [aNode('n1', ['control-plane'], is('Ready', 'True'))] }, undefined],
  [
    'is asked for the role control-plane alone on its only node',
    { nodes: [aNode('n1', [], is('Ready', 'True'))] },
    'node missing control-plane label: n1',
  ],
  [
    'is asked for no role where it has two nodes',
    { nodes: [aNode('n1', [], is('Ready', 'True')), aNode('n2', [], is('Ready', 'True'))] },
    undefined,
  ],
  [
    'must have its nodes ready, too',
    { nodes: [aNode('n1', [], is('Ready', 'True')), aNode('n2', [], is('Ready', 'False'))] },
    'node is not yet ready: n2',
  ],
])('D-I6 a cluster without OpenShift %s', (_title, facts, text) => {
  expect(why({ ...plain, ...facts })).toBe(text === undefined ? undefined : `one or more health checks failed: ${text}`);
});
