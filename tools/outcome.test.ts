import { expect, test } from 'vitest';
import { outcomeOf } from './outcome.ts';

test('a run that no test failed in, and that ended badly all the same, says how and with which words', () => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  expect(outcomeOf('absent', { end: 'SIGSEGV', lastWords: 'error during close' })).toEqual({
    ...counts,
    failures: ['absent tests ended with SIGSEGV, and no test failed\n    error during close'],
  });
  expect(outcomeOf('absent', { end: 0, lastWords: 'a warning' })).toEqual({ ...counts, failures: [] });
});
