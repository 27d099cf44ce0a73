import { expect, test } from 'vitest';
import { goDuration } from './go-duration.ts';

test.each([
  [1800, '30m0s'],
  [90, '1m30s'],
  [45, '45s'],
  [3605, '1h0m5s'],
  [7200, '2h0m0s'],
  [0, '0s'],
])('T49 Go writes %i seconds as %s', (seconds, text) => {
  expect(goDuration(seconds)).toBe(text);
});
