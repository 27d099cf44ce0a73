import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, staterootOf, versionProblem } from './version.ts';

test.each([
  ['4.14.9', '4.14.8', undefined],
  ['4.14.8+metadata', '4.14.8', 'seed OCP version (4.14.8+metadata) must be higher than current OCP version (4.14.8)'],
  ['4.14.7-rc.1', '4.14.8', 'seed OCP version (4.14.7-rc.1) must be higher than current OCP version (4.14.8)'],
  ['4.14.8', '4.14.8-rc.1', undefined],
  ['4.14.8-rc.10', '4.14.8-rc.9', undefined],
  ['4.14.8-rc.1.1', '4.14.8-rc.1', undefined],
  ['4.15.0-0.nightly-2023-12-04', '4.14.9', undefined],
  ['4.9.0', '4.10.0', 'seed OCP version (4.9.0) must be higher than current OCP version (4.10.0)'],
])('a seed of %s for a cluster of %s', (seed, current, problem) => {
  if (problem === undefined) expect(versionProblem(seed, current)).toBeUndefined();
  else expect(versionProblem(seed, current)).toBe(`failed to validate seed image OCP version: ${problem}`);
});

test('what is no version is named', () => {
  expect(() => versionProblem('latest', '4.14.8')).toThrow('"latest" is no version such as 4.21.0');
});

test('the order of versions is an order', () => {
  const part = fc.nat(20);
  const prerelease = fc.option(fc.array(fc.constantFrom('rc', '0', '1', '10', 'nightly-x', 'a'), { minLength: 1, maxLength: 3 }), {
    nil: [],
  });
  const version = fc
    .tuple(part, part, part, prerelease)
    .map(([major, minor, patch, pre]) => `${major}.${minor}.${patch}${pre.length > 0 ? `-${pre.join('.')}` : ''}`);
  fc.assert(
    fc.property(version, version, version, (one, two, three) => {
      expect(Math.sign(compareVersions(one, two))).toBe(-Math.sign(compareVersions(two, one)) || 0);
      if (compareVersions(one, two) <= 0 && compareVersions(two, three) <= 0) expect(compareVersions(one, three)).toBeLessThanOrEqual(0);
      expect(compareVersions(one, `${one}+build`)).toBe(0);
    }),
  );
});

test.each([
  ['4.14', 'rhcos_4.14'],
  ['4.15.0-rc.1', 'rhcos_4.15.0_rc.1'],
  ['4.16.0-0.ci-2024-04-11-051453', 'rhcos_4.16.0_0.ci_2024_04_11_051453'],
])('the stateroot of %s is %s', (version, stateroot) => {
  expect(staterootOf(version)).toBe(stateroot);
});
