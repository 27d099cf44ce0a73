import fc from 'fast-check';
import { expect, test } from 'vitest';
import { staterootOf, versionProblem } from '../seed/version.ts';
import type { Deployment } from './driver.ts';
import { refuseRemoval } from './guard.ts';

test.each(['', '.', '..', '../rhcos', 'rhcos/var', '/', 'rhcos\0'])('%j is no name of a stateroot', (name) => {
  expect(() => refuseRemoval([], name)).toThrow('is no name of a stateroot');
});

test.each(['rhcos', 'rhcos_4.21.0+build.7', '.hidden', 'left over'])('%s may be removed when nothing is deployed in it', (name) => {
  refuseRemoval([], name);
  const deployment: Deployment = { index: 1, stateroot: name, checksum: 'a'.repeat(64), serial: 0, booted: false };
  expect(() => refuseRemoval([deployment], name)).toThrow(`The stateroot ${name} still holds`);
});

const isAccepted = (version: string): boolean => {
  try {
    return versionProblem(version, '0.0.0') === undefined;
  } catch {
    return false;
  }
};

test('whatever version can be prepared can also be removed', () => {
  const suffix = (sign: string) =>
    fc.option(
      fc.stringMatching(/^[0-9A-Za-z.+/_-]{1,12}$/).map((text) => `${sign}${text}`),
      { nil: '' },
    );
  const version = fc
    .tuple(fc.constantFrom('', 'v'), fc.nat(30), fc.nat(30), fc.nat(30), suffix('-'), suffix('+'))
    .map(([prefix, major, minor, patch, ...rest]) => `${prefix}${major}.${minor}.${patch}${rest.join('')}`)
    .filter(isAccepted);
  fc.assert(
    fc.property(version, (each) => refuseRemoval([], staterootOf(each))),
    { examples: [['4.21.0+build.7']] },
  );
});
