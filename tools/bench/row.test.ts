import { expect, test } from 'vitest';
import { median, rounded } from './row.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
])('the median of %j is %d', (samples, middle) => {
  expect(median(samples)).toBe(middle);
});

test.each([
  [1234.5, 1230],
  [0.123456, 0.123],
])('%d is shown as %d', (value, shown) => {
  expect(rounded(value)).toBe(shown);
});
