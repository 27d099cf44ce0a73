import type { Walked } from '@godwit/controller';
import { expect, test } from 'vitest';
import { choose } from './pipelines.ts';
import type { Move } from './scope.ts';
import { moveStatusAfter } from './status.ts';

const now = new Date('2030-01-01T10:00:00Z');
const said = { reason: 'Working', message: 'Waiting for 1 pods of API servers to end' };
const visit = { name: 'StopWriters', step: 'Freeze', description: '', attempts: 1, started: '2030-01-01T09:59:00Z' };
const move = { metadata: { name: 'm' }, spec: { hostedCluster: { namespace: 'clusters', name: 'sample' } } } as unknown as Move;
const walked = (change: Partial<Walked>): Walked =>
  ({
    outcome: 'waiting',
    visits: [visit],
    current: visit,
    journal: { phase: 'StopWriters', startedAt: visit.started, attempts: 1 },
    ...change,
  }) as Walked;

const pipeline = choose(move);
if (pipeline === undefined) throw new Error('a fresh move has a way to go');

test('a round that has said nothing yet changes nothing that was said: each change would wake the move again', () => {
  const first = moveStatusAfter(move, pipeline, walked({ said, visits: [{ ...visit, said }] }), now);
  expect(first.phases?.[0]?.message).toBe(said.message);
  const again = moveStatusAfter({ ...move, status: first }, pipeline, walked({ outcome: 'running' }), now);
  expect(again).toEqual(first);
});

test.each<[string, object[], string]>([
  ['all nodes', [{ name: 'w1', uid: '1', returned: '2030-01-01T09:59:00Z' }], 'sample serves here'],
  ['a node that was down before it', [{ name: 'w1', uid: '1', unready: true }], 'sample serves here'],
  ['one node less', [{ name: 'w2', uid: '2' }], 'sample serves here, without nodes that did not come back: w2'],
])('a move that has brought along %s says so', (_title, nodes, message) => {
  const { conditions } = moveStatusAfter({ ...move, status: { nodes } } as Move, pipeline, walked({ outcome: 'completed' }), now);
  expect(conditions?.map((each) => [each.status, each.message])).toEqual([
    ['True', message],
    ['True', message],
  ]);
});
