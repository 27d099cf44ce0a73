import { expect, test } from 'vitest';
import { closureOf, type Lock } from './closure.ts';

const lock: Lock = {
  'packages/agent': { dependencies: { '@godwit/kube': '0.1.0', a: '1' } },
  'packages/kube': { dependencies: { b: '2' } },
  'packages/console': { dependencies: { react: '1' } },
  'node_modules/@godwit/kube': { link: true, resolved: 'packages/kube' },
  'node_modules/a': { dependencies: { b: '1' }, optionalDependencies: { native: '1', absent: '1' } },
  'node_modules/a/node_modules/b': {},
  'node_modules/b': {},
  'node_modules/native': { dependencies: { a: '1' } },
  'node_modules/react': {},
};

test('what a package needs is found through links, nested folders and circles, and nothing else comes along', () => {
  expect(closureOf(lock, ['packages/agent'])).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/b',
    'node_modules/native',
    'packages/agent',
    'packages/kube',
  ]);
});

test('a package without dependencies stands alone', () => {
  expect(closureOf(lock, ['node_modules/react'])).toEqual(['node_modules/react']);
});
