import { NodePool } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { expect, test } from 'vitest';
import { missingMachines, unfreeze } from './unfreeze.ts';

const machine = (name: string, providerID: string, adopted: boolean) =>
  ({ metadata: { name }, spec: { providerID }, status: adopted ? { nodeRef: { name } } : {} }) as never;

const before = [
  { name: 'worker-1', uid: '1', machine: 'm-1', providerID: 'local:///1' },
  { name: 'by-hand', uid: '2' },
];

test('a machine that had its node before the move must be adopted again', () => {
  expect(missingMachines([machine('m-1', 'local:///1', false)], before)).toEqual(['m-1: not adopted']);
  expect(missingMachines([machine('m-1', 'local:///1', true)], before)).toEqual([]);
});

test('a machine that never had a node does not hold the move up', () => {
  expect(missingMachines([machine('m-1', 'local:///1', true), machine('m-2', 'local:///2', false)], before)).toEqual([]);
});

test('a machine of a moved node that is missing is missed; a node without machine is nobody’s', () => {
  expect(missingMachines([machine('m-2', 'local:///2', true)], before)).toEqual(['m-1: it is not there']);
});

const unpausing: Effect = {
  do: 'patch',
  on: 'target',
  resource: NodePool,
  name: { namespace: 'clusters', name: 'workers' },
  patch: { spec: { pausedUntil: null } },
};
const settled = {
  machines: [machine('m-1', 'local:///1', true)],
  deployments: [{ metadata: { name: 'workers' }, spec: { replicas: 1 }, status: { upToDateReplicas: 1 } }] as never,
  clusters: [],
  pools: [{}] as never,
  release: [],
  letGo: [],
  seconds: 1,
  now: new Date('2030-01-01T10:00:00Z'),
};
const decided = (change: Partial<typeof settled> | { letGo: Effect[] }) =>
  unfreeze.decide({ ...settled, ...change }, { status: { nodes: before } } as never);

const lost = { machines: [] };
const unsettled = { deployments: [{ metadata: { name: 'workers' }, spec: { replicas: 2 }, status: { upToDateReplicas: 1 } }] as never };
const built = '1 machines adopted, 1 pools work';

test.each<[string, Parameters<typeof decided>[0], 'wait' | 'advance', string]>([
  ['all is there', {}, 'advance', `${built}, none was built anew`],
  ['a machine is missing', { ...lost, letGo: [unpausing] }, 'wait', 'Waiting for machines: m-1: it is not there'],
  ['a pool is paused', { letGo: [unpausing] }, 'wait', 'Waiting for the pools to work again'],
  ['a pool has not settled', unsettled, 'wait', 'Waiting for workers to settle'],
  [
    'a machine has been missing for long',
    { ...lost, seconds: 601 },
    'advance',
    '0 machines adopted, 1 pools work; not waited for any longer: m-1: it is not there',
  ],
  ['a pool has not settled for long', { ...unsettled, seconds: 601 }, 'advance', `${built}; not settled yet: workers`],
])('when %s, the move says what is the case', (_title, change, outcome, message) => {
  const verdict = decided(change);
  expect([verdict.outcome, verdict.said.message]).toEqual([outcome, message]);
});

test('pools rest while a machine is awaited, and work again, however long it was missing, before the move goes on', () => {
  expect(decided({ ...lost, letGo: [unpausing] }).effects).toEqual([]);
  const late = decided({ ...lost, letGo: [unpausing], seconds: 601 });
  expect([late.outcome, late.effects]).toEqual(['wait', [unpausing]]);
});
