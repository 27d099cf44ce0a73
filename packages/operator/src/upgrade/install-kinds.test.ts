import { expect, test } from 'vitest';
import { agentKinds, notServed } from './install-kinds.ts';

test('a cluster that serves everything lacks nothing', () => {
  expect(notServed(agentKinds.shared, agentKinds.shared)).toEqual([]);
});

test('what is not served, or only in another version, is missing', () => {
  const [first, second, ...rest] = agentKinds.shared;
  if (first === undefined || second === undefined) throw new Error('there are more kinds');
  expect(notServed(agentKinds.shared, [{ ...first, version: 'v1beta1' }, ...rest])).toEqual([first, second]);
});
