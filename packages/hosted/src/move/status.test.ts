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
