import { expect, test } from 'vitest';
import { shortened } from './shortened.ts';

test.each([
  ['0123456789', 10, '0123456789'],
  ['0123456789a', 10, '012 … 89a'],
  ['0123456789abc', 11, '0123 … 9abc'],
])('%s in %i characters is %s', (text, most, short) => {
  expect(shortened(text, most)).toBe(short);
});
