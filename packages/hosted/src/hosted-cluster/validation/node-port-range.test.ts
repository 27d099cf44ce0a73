import { expect, test } from 'vitest';
import { nodePortRange } from './node-port-range.ts';

test.each([
  ['nothing gives the default', undefined, { low: 30_000, high: 32_767 }],
  ['an empty text gives the default', '', { low: 30_000, high: 32_767 }],
  ['two numbers are taken as they are', '30000-99999', { low: 30_000, high: 99_999 }],
  ['equal ends are a range of one', '31000-31000', { low: 31_000, high: 31_000 }],
  ['one number is none', '30000', undefined],
  ['three parts are none', '30000-31000-32000', undefined],
  ['letters are none', 'a-b', undefined],
  ['a leading minus is none', '-30000-31000', undefined],
  ['low above high is none', '31000-30000', undefined],
  ['spaces are none', '30000 - 31000', undefined],
])('%s', (_title, text, range) => {
  expect(nodePortRange(text)).toEqual(range);
});
