import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { elapsed, step } from './progress.ts';

test.each([
  [0, '0.0 s'],
  [3249, '3.2 s'],
  [125_000, '2 min 05 s'],
])('%i ms are written as %s', (milliseconds, text) => expect(elapsed(milliseconds)).toBe(text));

test('a step is announced and its end told with the time it took', async () => {
  const lines: string[] = [];
  expect(
    await step(
      (line) => lines.push(stripVTControlCharacters(line)),
      'Building',
      async () => 7,
    ),
  ).toBe(7);
  expect(lines).toEqual(['… Building', expect.stringMatching(/^✓ Building \(\d+\.\d s\)$/)]);
});

test('a step that fails is not said to be done', async () => {
  const lines: string[] = [];
  await expect(
    step(
      (line) => lines.push(line),
      'Building',
      () => Promise.reject(new Error('no')),
    ),
  ).rejects.toThrow('no');
  expect(lines).toHaveLength(1);
});
