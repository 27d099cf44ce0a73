import { expect, test } from 'vitest';
import { CANDIDATES, chooseSubnet } from './subnet.ts';

test.each([
  ['the first one on an empty host', ['192.0.2.2', 'default'], [], 200],
  ['the next one when a set has taken the first', [], [200], 201],
  ['past an address', ['10.200.0.1'], [], 201],
  ['past a smaller network', ['10.200.7.0/24', '10.201.0.0/16'], [], 202],
  ['past a larger network', ['10.200.0.0/13'], [], 208],
  ['below 200 when everything above is taken', [], CANDIDATES.filter((each) => each >= 200), 105],
])('a set takes %s', (_title, used, taken, wanted) => {
  expect(chooseSubnet(used, taken)).toBe(wanted);
});

test('a default route and a route to another private network take nothing', () => {
  expect(chooseSubnet(['default', '0.0.0.0/0', '172.16.0.0/12'], [])).toBe(200);
});

test('a host whose 10.0.0.0/8 is all in use is told so', () => {
  expect(() => chooseSubnet(['10.0.0.0/8'], [])).toThrow('No free network 10.N.0.0/16 is left');
});
