import { expect, test } from 'vitest';
import { exitCodeHelp, exitCodes } from './exit-codes.ts';

test.each(Object.values(exitCodes))('the help explains exit code %i', (code) => {
  expect(exitCodeHelp).toMatch(new RegExp(`^  ${code} `, 'm'));
});
