import { expect, test } from 'vitest';
import { deploymentsOf } from '../controller/host-double.fixture.ts';
import { wayBack } from './way-back.ts';

const leftIn = (stateroot: string | undefined) => (stateroot === undefined ? undefined : { stateroot });

test.each([
  ['the other stateroot, where nothing was written down', ['*new', 'old'], undefined, 'old'],
  ['the first other stateroot, where nothing was written down', ['new', '*new', 'old', 'older'], undefined, 'old'],
  ['the stateroot that was left', ['*new', 'old'], 'old', 'old'],
  ['the stateroot that was left, whatever else is deployed', ['*new', 'next', 'old'], 'old', 'old'],
  ['the stateroot that was left, whatever boots next', ['old', '*new'], 'old', 'old'],
])('a rollback goes to %s', (_title, names, left, stateroot) => {
  expect(wayBack(deploymentsOf(...names), leftIn(left)).stateroot).toBe(stateroot);
});

test.each([
  ['one that is being prepared', ['*new', 'next'], 'old', 'The stateroot old, which was left at the pivot, cannot be booted'],
  ['the one that runs', ['*new', 'old'], 'new', 'The stateroot new, which was left at the pivot, cannot be booted'],
  ['none', ['*new', 'new'], 'old', 'There is no other stateroot to boot'],
  ['any, where nothing tells which one runs', ['new', 'old'], undefined, 'There is no other stateroot to boot'],
])('a rollback never goes to %s', (_title, names, left, message) => {
  expect(() => wayBack(deploymentsOf(...names), leftIn(left))).toThrow(message);
});

test.each([
  ['the deployment that was left, of several in its stateroot', { checksum: '2'.repeat(64), serial: 0 }, 2],
  ['the first of its stateroot, where ostree has deployed it anew', { checksum: '2'.repeat(64), serial: 1 }, 1],
  ['the first of its stateroot, where an older agent has written down no more', {}, 1],
])('a rollback goes to %s', (_title, left, index) => {
  expect(wayBack(deploymentsOf('*new', 'old', 'old'), { stateroot: 'old', ...left }).index).toBe(index);
});
