import { expect, test } from 'vitest';
import { cachedArchive } from './build-image.ts';
import { IMAGES, type ImageRecipe } from './catalogue.ts';
import { mmdebstrapCommand } from './root-file-system.ts';

const recipe: ImageRecipe = {
  name: 'localhost/godwit/thing:1.2',
  packages: ['a', 'b'],
  exclude: ['/usr/share/doc/*'],
  remove: ['var/log/*', 'etc/hostname'],
  prepare: ['true'],
};

test('an archive is kept in the cache under its name and the hash of its recipe', () => {
  expect(cachedArchive(recipe, '/cache')).toMatch(/^\/cache\/images\/thing-[0-9a-f]{16}\.tar$/);
});

test('the same recipe has the same archive', () => {
  expect(cachedArchive({ ...recipe }, '/cache')).toBe(cachedArchive(recipe, '/cache'));
});

test.each([
  ['name', { name: 'localhost/godwit/thing:1.3' }],
  ['packages', { packages: ['a'] }],
  ['excluded paths', { exclude: [] }],
  ['removed paths', { remove: [] }],
  ['preparation', { prepare: [] }],
])('a recipe with another list of %s has another archive', (_title, change) => {
  expect(cachedArchive({ ...recipe, ...change }, '/cache')).not.toBe(cachedArchive(recipe, '/cache'));
});

test('mmdebstrap is told the packages, what to leave out and where from', () => {
  expect(
    mmdebstrapCommand(
      recipe,
      ['deb http://mirror.example/debian/ bookworm main', 'deb http://mirror.example/debian-security/ bookworm-security main'],
      '/out.tar',
    ),
  ).toEqual([
    'mmdebstrap',
    '--variant=essential',
    '--format=tar',
    '--include=a,b',
    '--aptopt=APT::Install-Recommends "false"',
    '--dpkgopt=path-exclude=/usr/share/doc/*',
    '--essential-hook=true',
    '--customize-hook=cd "$1" && rm -rf var/log/* etc/hostname',
    '',
    '/out.tar',
    'deb http://mirror.example/debian/ bookworm main\ndeb http://mirror.example/debian-security/ bookworm-security main',
  ]);
});

test('nothing is deleted outside of the root file system', () => {
  const absolute = Object.values(IMAGES).flatMap(({ remove }) =>
    remove.filter((pattern) => pattern.startsWith('/') || pattern.includes('..')),
  );
  expect(absolute).toEqual([]);
});
