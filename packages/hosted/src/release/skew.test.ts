import { expect, test } from 'vitest';
import { skewProblem } from './skew.ts';

test.each([
  ['5.0.0', '4.22.0'],
  ['5.0.0', '4.21.0'],
  ['5.0.0', '4.20.0'],
  ['5.0.0', '5.0.0'],
  ['5.0.0', '4.23.0'],
  ['4.23.0', '5.0.0'],
  ['5.1.0', '4.21.0'],
  ['5.0.3', '4.22.7'],
])('T18 a control plane of %s takes a pool of %s', (cluster, pool) => {
  expect(skewProblem(cluster, pool)).toBeUndefined();
});

test.each([
  [
    '5.0.0',
    '4.19.0',
    'NodePool minor version 4.19 is less than 4.20, which is the minimum NodePool version compatible with the 5.0 HostedCluster',
  ],
  [
    '5.1.0',
    '4.20.0',
    'NodePool minor version 4.20 is less than 4.21, which is the minimum NodePool version compatible with the 5.1 HostedCluster',
  ],
  ['5.0.0', '5.1.0', 'NodePool version 5.1.0 cannot be higher than the HostedCluster version 5.0.0'],
  ['4.21.0', '4.21.1', 'NodePool version 4.21.1 cannot be higher than the HostedCluster version 4.21.0'],
])('T18 a control plane of %s refuses a pool of %s', (cluster, pool, problem) => {
  expect(skewProblem(cluster, pool)).toBe(problem);
});

test('a version that is none is named', () => {
  expect(skewProblem('4.21.0', 'latest')).toBe('"latest" is not a version such as 4.21.0');
});
