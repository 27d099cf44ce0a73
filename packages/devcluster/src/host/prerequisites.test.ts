import { expect, test } from 'vitest';
import { judgeGoVersion, MissingPrerequisite, requireRoot } from './prerequisites.ts';

test.each([
  ['the oldest that serves', 'go version go1.24.0 linux/amd64', undefined],
  ['a newer one', 'go version go1.26.8 linux/amd64', undefined],
  ['a release candidate', 'go version go1.25rc1 linux/amd64', undefined],
  ['a next major version', 'go version go2.0 linux/amd64', undefined],
  ["Debian 12's own", 'go version go1.19.8 linux/amd64', 'Go 1.19 is too old'],
  ['something else', 'gccgo (Debian) 12', '"go version" printed "gccgo (Debian) 12"'],
])('Go is judged by its version: %s', (_title, output, complaint) => {
  expect(judgeGoVersion(output)).toBe(complaint);
});

test('a user who is not root is told what to do', () => {
  expect(() => requireRoot('starting nodes', 1000)).toThrow(MissingPrerequisite);
  expect(() => requireRoot('starting nodes', 1000)).toThrow(
    'Not root: starting nodes needs root rights. Run the command again with sudo, or as root.',
  );
});

test('root passes', () => {
  expect(() => requireRoot('starting nodes', 0)).not.toThrow();
});
