import { expect, test } from 'vitest';
import { identify, isAlive, parseStat, thisProcess } from './identity.ts';

const rest = (startTime: string): string => `1 2 2 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 ${startTime} 5000 100`;

test.each([
  ['a plain name', `77 (etcd) S ${rest('12345')}`, { state: 'S', startTime: '12345' }],
  ['a name with spaces', `77 (tmux: server) R ${rest('9')}`, { state: 'R', startTime: '9' }],
  ['a name that imitates the end of a name', `77 (a) Z 1) D ${rest('8')}`, { state: 'D', startTime: '8' }],
])('the start time is found behind %s', (_title, text, wanted) => {
  expect(parseStat(text)).toEqual(wanted);
});

test('a process knows itself', () => {
  expect(thisProcess()).toEqual(identify(process.pid));
  expect(isAlive(thisProcess())).toBe(true);
});

test('a stranger under a known number does not count as the process that had it', () => {
  expect(isAlive({ ...thisProcess(), startTime: '1' })).toBe(false);
});

test('a number that no process has names nothing', () => {
  expect(identify(2 ** 30)).toBeUndefined();
});
