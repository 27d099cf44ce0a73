import { expect, test } from 'vitest';
import { conditions, textsOf } from './conditions.fixture.ts';
import { setCondition } from './set-condition.ts';

const now = '2030-01-01T10:00:00Z';
const set = (list: string[], claim: string) => {
  const [wanted] = conditions(claim);
  if (wanted === undefined) throw new Error(claim);
  const { lastTransitionTime: _, ...rest } = wanted;
  return setCondition(conditions(...list), rest, now);
};

test.each<[string, string[], string, string[], boolean]>([
  [
    'a new condition goes to the end',
    ['Idle=True:Idle'],
    'PrepInProgress=True:InProgress',
    ['Idle=True:Idle', 'PrepInProgress=True:InProgress'],
    true,
  ],
  [
    'one that changes its status goes to the end',
    ['PrepInProgress=True:InProgress', 'PrepCompleted=True:Completed'],
    'PrepInProgress=False:Completed',
    ['PrepCompleted=True:Completed', 'PrepInProgress=False:Completed'],
    true,
  ],
  [
    'one that only says something else stays where it is, with its time',
    ['PrepInProgress=True:InProgress', 'PrepCompleted=True:Completed'],
    'PrepInProgress=True:InProgress:half',
    ['PrepInProgress=True:InProgress:half', 'PrepCompleted=True:Completed'],
    false,
  ],
  [
    'the last one is changed in place, its time with its status',
    ['Idle=True:Idle', 'PrepInProgress=True:InProgress'],
    'PrepInProgress=False:Failed',
    ['Idle=True:Idle', 'PrepInProgress=False:Failed'],
    true,
  ],
  [
    'Idle goes to the end although its status stays, and gets a new time',
    ['Idle=False:InProgress', 'PrepCompleted=True:Completed'],
    'Idle=False:Aborting',
    ['PrepCompleted=True:Completed', 'Idle=False:Aborting'],
    true,
  ],
  ['Idle at the end keeps its time', ['Idle=False:Aborting'], 'Idle=False:AbortFailed', ['Idle=False:AbortFailed'], false],
])('%s', (_title, list, claim, expected, moved) => {
  const after = set(list, claim);
  expect(textsOf(after)).toEqual(expected);
  const type = claim.split('=')[0];
  expect(after.find((each) => each.type === type)?.lastTransitionTime === now).toBe(moved);
});
