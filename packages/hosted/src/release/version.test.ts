import { describe, expect, test } from 'vitest';
import { compareVersions, parseVersion, previousMinor } from './version.ts';

describe('T15 the minor that came before', () => {
  test.each([
    ['4.20.0', 2, '4.18'],
    ['5.0.0', 2, '4.21'],
    ['5.1.0', 2, '4.22'],
    ['5.2.0', 1, '5.1'],
    ['4.18.0', 0, '4.18'],
  ])('T15 of %s, %i back, is %s', (version, count, minor) => {
    expect(previousMinor(version, count)).toBe(minor);
  });

  test.each([
    ['4.1.0', 5, 'there is no version 5 minors before 4.1.0'],
    ['6.0.0', 1, 'unsupported major version'],
    ['four', 1, '"four" is not a version such as 4.21.0'],
  ])('T15 of %s, %i back, is refused', (version, count, message) => {
    expect(() => previousMinor(version, count)).toThrow(message);
  });
});

const IN_ORDER = [
  '4.9.0',
  '4.10.0-0.nightly',
  '4.10.0-ec.2',
  '4.10.0-rc.1',
  '4.10.0-rc.10',
  '4.10.0-rc.10.1',
  '4.10.0',
  '4.10.1',
  '4.22.9',
  '5.0.0',
  '4.23.1',
  '5.1.0',
];

test('versions of both major lines have one order', () => {
  const sorted = IN_ORDER.toReversed()
    .map((text) => ({ text, version: parseVersion(text) }))
    .toSorted((one, other) => compareVersions(one.version, other.version));
  expect(sorted.map(({ text }) => text)).toEqual(IN_ORDER);
});

test('4.23 and 5.0 are the same version under two names', () => {
  expect(compareVersions(parseVersion('4.23.4'), parseVersion('5.0.4'))).toBe(0);
});
