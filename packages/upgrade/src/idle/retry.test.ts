import { expect, test } from 'vitest';
import { secondsToRetry } from './retry.ts';

test.each([
  [{}, 0],
  [{ attempts: 1, failedAt: '2030-01-01T10:00:00Z' }, 30],
  [{ attempts: 1, failedAt: '2030-01-01T09:59:50Z' }, 20],
  [{ attempts: 2, failedAt: '2030-01-01T10:00:00Z' }, 60],
  [{ attempts: 9, failedAt: '2030-01-01T10:00:00Z' }, 300],
  [{ attempts: 9, failedAt: '2030-01-01T09:00:00Z' }, 0],
  [{ attempts: 1, failedAt: '2031-01-01T10:00:00Z' }, 30],
])('G-I22 after %j cleaning up is tried again in %i seconds', (attempts, seconds) => {
  expect(secondsToRetry(attempts, new Date('2030-01-01T10:00:00Z'))).toBe(seconds);
});
