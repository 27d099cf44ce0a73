import { StatefulSet } from '@godwit/api';
import { expect, test } from 'vitest';
import { fenceSource } from './fence-source.ts';

const wanted = {
  hostedCluster: { namespace: 'clusters', name: 'sample' },
  infraID: 'sample-abcde',
  epoch: 2,
  move: 'ours',
  forbids: 'source',
  favours: 'target',
  raised: '2030-01-01T10:00:00Z',
};
const etcd = (replicas: number, initContainers: object[]) => ({
  resource: StatefulSet,
  found: {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { namespace: 'home', name: 'etcd' },
    spec: { replicas, template: { spec: { initContainers, containers: [{ image: 'i' }] } } },
  } as never,
});
const serving = etcd(1, []);
const ended = etcd(0, [{ name: 'godwit-fence' }]);

type Facts = Exclude<Parameters<typeof fenceSource.decide>[0], { lost: string }>;

const decided = (change: Partial<Facts>) =>
  fenceSource.decide(
    {
      fence: 'fence/sample-abcde/000002.json',
      epoch: 2,
      raised: wanted,
      rival: undefined,
      wanted,
      noted: true,
      marks: [],
      workloads: [serving],
      pods: [],
      written: { ok: true, value: undefined },
      marked: true,
      now: new Date('2030-01-01T10:00:00Z'),
      ...change,
    },
    {} as never,
  );

test.each<[string, Partial<Facts>, string, string | undefined]>([
  ['waits for its number to be noted before it raises a fence', { noted: false, raised: undefined }, 'wait', 'Working'],
  ['bars an etcd that nobody wrote into', {}, 'wait', 'Working'],
  ['waits for the last pod', { workloads: [ended], pods: [{ metadata: {} }] as never, written: undefined }, 'wait', 'Working'],
  ['waits for its mark on the HostedCluster', { workloads: [ended], written: undefined, marked: false }, 'wait', 'Working'],
  ['is through when all is ended and marked', { workloads: [ended], written: undefined }, 'advance', 'Done'],
  [
    'gives up when somebody wrote after the snapshot',
    { written: { ok: true, value: 'a key was written at revision 8' } },
    'fail',
    'RevisionMoved',
  ],
  ['gives up when another move has this fence', { raised: { ...wanted, move: 'other' } }, 'fail', 'FenceTaken'],
  ['gives up when another move has fenced the source before', { rival: 'other', noted: false, raised: undefined }, 'fail', 'FenceTaken'],
])('a move that fences its source %s (G-H3)', (_title, change, outcome, reason) => {
  const verdict = decided(change);
  expect([verdict.outcome, verdict.said.reason]).toEqual([outcome, reason]);
});

test('a hosted cluster that somebody deletes is not fenced, since it would be restored half-deleted', () => {
  const verdict = fenceSource.decide({ lost: 'HostedCluster clusters/sample is being deleted' }, {} as never);
  expect([verdict.outcome, verdict.said.reason, verdict.effects]).toEqual(['fail', 'SourceDeleting', []]);
});
