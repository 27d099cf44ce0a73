import { expect, test } from 'vitest';
import { observeCluster, quietSeconds, readable, readsLogs } from './observe.ts';

const at = (second: number): Date => new Date(Date.UTC(2030, 0, 1, 10, 0, second));

test('a fault begins the time of watching anew', () => {
  const known = new Map<string, unknown>();
  const quiet = (second: number, fault?: string) =>
    quietSeconds(known, 'move', { now: at(second), ...(fault === undefined ? {} : { fault }) });
  expect([quiet(0), quiet(20), quiet(25, 'no answer'), quiet(26), quiet(36)]).toEqual([0, 20, 0, 0, 10]);
});

const facts = { seen: '1 nodes', soak: 60, now: at(0), missing: new Map<string, string>() };
const decided = (change: object, nodes: object[] = []) =>
  observeCluster.decide({ ...facts, quiet: 60, ...change }, { status: { nodes } } as never);

test('what is said of the watching changes with every look, not with every second', () => {
  const said = (quiet: number) => decided({ quiet }).said;
  expect(said(10)).toEqual(said(14));
  expect(said(15)).not.toEqual(said(14));
  expect(decided({}).outcome).toBe('advance');
});

test('in the end the record names what never came back, and says of what came later that it did', () => {
  const nodes = ['w1', 'w2', 'w3'].map((name) => ({ name, uid: name, ...(name === 'w1' ? { returned: '2030-01-01T09:00:00Z' } : {}) }));
  const missing = new Map([
    ['w1', 'it is gone'],
    ['w3', 'it is not ready'],
  ]);
  const { said, notes } = decided({ missing }, nodes);
  expect(said.message).toBe('All was well for 60 s; not back since the switch: w3: it is not ready');
  expect(notes?.['evidence/15']).toMatchObject([{ result: '60 s: 1 nodes; not back since the switch: w3: it is not ready' }]);
  expect(notes?.nodes).toEqual([nodes[0], { ...nodes[1], returned: '2030-01-01T10:00:00Z' }, nodes[2]]);
});

const node = (name: string, status: string) => ({ metadata: { name }, status: { conditions: [{ type: 'Ready', status }] } }) as never;
const pod = (name: string, nodeName: string | undefined, change: { phase?: string; deletionTimestamp?: string } = {}) =>
  ({
    metadata: { namespace: 'kube-system', name, deletionTimestamp: change.deletionTimestamp },
    spec: { nodeName, containers: [{ name: 'main' }] },
    status: { phase: change.phase ?? 'Running' },
  }) as never;
const nodes = [node('alive', 'True'), node('alive-2', 'True'), node('dead', 'Unknown')];

test.each<[string, never, boolean]>([
  ['that runs on a ready node is', pod('p', 'alive'), true],
  ['on a node that does not answer is not', pod('p', 'dead'), false],
  ['on a node that is gone is not', pod('p', 'gone'), false],
  ['that is being deleted is not', pod('p', 'alive', { deletionTimestamp: '2030-01-01T10:00:00Z' }), false],
  ['that waits is not', pod('p', undefined, { phase: 'Pending' }), false],
])('a pod %s asked for its log', (_title, asked, isAsked) => {
  expect(readable([asked], nodes)).toHaveLength(isAsked ? 1 : 0);
});

test('of several pods on one node one is asked', () => {
  expect(readable([pod('p', 'alive'), pod('q', 'alive'), pod('r', 'alive-2')], nodes)).toHaveLength(2);
});

const hostedWith = (answers: Record<string, boolean>) =>
  ({
    list: async () => ({ items: [pod('first', 'alive'), pod('second', 'alive-2')] }),
    request: async (_method: string, path: string) => {
      if (answers[path.split('/')[6] ?? ''] !== true) throw new Error(`no answer: ${path}`);
    },
  }) as never;

test('one pod that does not answer is no fault while another does; that none answers is', async () => {
  expect(await readsLogs(hostedWith({ second: true }), nodes)).toBe(true);
  await expect(readsLogs(hostedWith({}), nodes)).rejects.toThrow('no answer: /api/v1/namespaces/kube-system/pods/second/log');
  expect(await readsLogs(hostedWith({}), [])).toBe(false);
});
