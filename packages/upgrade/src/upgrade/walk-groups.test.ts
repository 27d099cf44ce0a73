import { expect, test } from 'vitest';
import type { Tracked } from '../backup/track.ts';
import { verdictOnGroup, walkGroups } from './walk-groups.ts';

const words = { failed: 'Failed backup CRs', inProgress: 'Backup of Application Data is in progress', done: 'done' };
const tracked = (state: Partial<Tracked>): Tracked => ({ pending: [], progressing: [], failed: [], succeeded: [], missing: [], ...state });

test.each([
  ['T42 failed ones end it', { failed: ['a', 'b'], progressing: ['c'] }, { outcome: 'fail', said: { message: 'Failed backup CRs: a,b' } }],
  [
    'progressing ones are looked at again in 30 s',
    { progressing: ['c'], pending: ['d'] },
    { outcome: 'wait', after: '30s', said: { message: words.inProgress } },
  ],
  ['only pending ones in a minute', { pending: ['d'] }, { outcome: 'wait', after: '1m' }],
  ['missing ones in a minute', { missing: ['d'], succeeded: ['a'] }, { outcome: 'wait', after: '1m' }],
])('of a group %s', (_title, state, verdict) => {
  expect(verdictOnGroup(tracked(state), words)).toMatchObject(verdict);
});

test('a group that has succeeded lets the next one begin', async () => {
  const taken: string[][] = [];
  const verdict = await walkGroups(
    [['a'], ['b'], ['c']],
    async (group) => {
      taken.push([...group]);
      return tracked(group[0] === 'b' ? { progressing: ['b'] } : { succeeded: [...group] });
    },
    words,
  );
  expect(taken).toEqual([['a'], ['b']]);
  expect(verdict.outcome).toBe('wait');
  expect((await walkGroups([], async () => tracked({}), words)).outcome).toBe('advance');
});
