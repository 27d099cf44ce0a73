import { expect, test } from 'vitest';
import type { Move } from '../scope.ts';
import { missingOf, withReturns } from './missing-nodes.ts';

const switched = '2030-01-01T10:00:00Z';
const now = new Date('2030-01-01T10:20:00Z');
const move: Pick<Move, 'status'> = { status: { nodes: [{ name: 'worker-1', uid: '1' }], downtime: { ended: switched } } };

const node = (uid: string, isReady = true) =>
  ({ metadata: { name: 'worker-1', uid }, status: { conditions: [{ type: 'Ready', status: isReady ? 'True' : 'Unknown' }] } }) as never;
const lease = (renewTime: string) => ({ metadata: { name: 'worker-1' }, spec: { renewTime } }) as never;
const alive = lease('2030-01-01T10:00:01Z');

test.each<[string, never[], never[], string | undefined]>([
  ['the same, ready and alive', [node('1')], [alive], undefined],
  ['gone', [], [alive], 'it is gone'],
  ['another one of its name', [node('2')], [alive], 'another node has its name'],
  ['not ready', [node('1', false)], [alive], 'it is not ready'],
  ['silent since the switch', [node('1')], [lease('2030-01-01T09:59:59Z')], 'no sign of life since the switch'],
  ['without a lease', [node('1')], [], 'no sign of life since the switch'],
])('of a node that is %s it is said why it is not back', (_title, nodes, leases, why) => {
  expect(missingOf(move, nodes, leases).get('worker-1')).toBe(why);
});

test('when a node was first seen again is kept, and one that is missing has no such time', () => {
  const back = { name: 'worker-1', uid: '1', returned: switched };
  const [late, gone] = [
    { name: 'worker-2', uid: '2' },
    { name: 'worker-3', uid: '3' },
  ];
  const seen = withReturns({ status: { nodes: [back, late, gone] } }, new Map([['worker-3', 'it is gone']]), now);
  expect(seen).toEqual([back, { ...late, returned: '2030-01-01T10:20:00Z' }, gone]);
});
