import type { Condition } from '@godwit/api';
import { expect, test } from 'vitest';
import { retestAfter } from './retest.ts';

const ready = (status: string): Condition[] => [{ type: 'Ready', status, category: 'Required', message: '' } as Condition];

test.each([
  ['that is well', ready('True'), '60s'],
  ['that is away', ready('False'), '5s'],
  ['that was not judged yet', [], '5s'],
])('a cluster or store %s is tested again in time', (_title, conditions, after) => {
  expect(retestAfter(conditions)).toBe(after);
});
