import { expect, test } from 'vitest';
import { gaps, type Interval, lengthOf, merged } from './intervals.ts';

const frame: Interval = { from: 100, to: 200 };
const at = (from: number, to: number): Interval => ({ from, to });

test.each([
  ['nothing covers nothing', [], [], [at(100, 200)]],
  ['one inside leaves both ends', [at(120, 150)], [at(120, 150)], [at(100, 120), at(150, 200)]],
  ['overlapping ones are joined, in any order', [at(140, 160), at(110, 150)], [at(110, 160)], [at(100, 110), at(160, 200)]],
  ['one within another adds nothing', [at(110, 190), at(120, 130)], [at(110, 190)], [at(100, 110), at(190, 200)]],
  ['what lies outside is cut off', [at(50, 120), at(190, 400), at(10, 20)], [at(100, 120), at(190, 200)], [at(120, 190)]],
  ['a cover of everything leaves no gap', [at(0, 300)], [at(100, 200)], []],
])('%s', (_title, intervals, covered, left) => {
  expect(merged(intervals, frame)).toEqual(covered);
  expect(gaps(intervals, frame)).toEqual(left);
  expect(lengthOf(covered) + lengthOf(left)).toBe(100);
});
