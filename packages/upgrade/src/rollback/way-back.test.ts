import { expect, test } from 'vitest';
import { deploymentsOf } from '../controller/host-double.fixture.ts';
import { otherDeployment, wayBack } from './way-back.ts';

test.each([
  ['the other stateroot, where nothing was written down', ['*new', 'old'], undefined, 'old'],
  ['the stateroot that was left', ['*new', 'old'], 'old', 'old'],
  ['the stateroot that was left, whatever else is deployed', ['*new', 'next', 'old'], 'old', 'old'],
  ['the stateroot that was left, whatever boots next', ['old', '*new'], 'old', 'old'],
])('an automatic rollback goes to %s', (_title, names, left, stateroot) => {
  expect(wayBack(deploymentsOf(...names), left).stateroot).toBe(stateroot);
});

test.each([
  ['one that is being prepared', ['*new', 'next'], 'old', 'The stateroot old, which was left at the pivot, cannot be booted'],
  ['the one that runs', ['*new', 'old'], 'new', 'The stateroot new, which was left at the pivot, cannot be booted'],
  ['none', ['*new', 'new'], 'old', 'There is no other stateroot to boot'],
  ['any, where nothing tells which one runs', ['new', 'old'], undefined, 'There is no other stateroot to boot'],
])('an automatic rollback never goes to %s', (_title, names, left, message) => {
  expect(() => wayBack(deploymentsOf(...names), left)).toThrow(message);
});

test('a rollback that is asked for goes to the first deployment of another stateroot', () => {
  expect(otherDeployment(deploymentsOf('new', '*new', 'old')).stateroot).toBe('old');
});
