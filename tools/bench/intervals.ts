/** A stretch of time, in milliseconds since 1970. */
export type Interval = { from: number; to: number };

/** Joins intervals that touch and cuts them to a frame; the result is in order. */
export const merged = (intervals: readonly Interval[], frame: Interval): Interval[] => {
  const inside = intervals
    .map(({ from, to }) => ({ from: Math.max(from, frame.from), to: Math.min(to, frame.to) }))
    .filter(({ from, to }) => to > from)
    .toSorted((one, other) => one.from - other.from);
  const joined: Interval[] = [];
  for (const { from, to } of inside) {
    const last = joined.at(-1);
    if (last === undefined || from > last.to) joined.push({ from, to });
    else last.to = Math.max(last.to, to);
  }
  return joined;
};

/** The parts of a frame that no interval covers. */
export const gaps = (intervals: readonly Interval[], frame: Interval): Interval[] => {
  const covered = merged(intervals, frame);
  const begins = [frame.from, ...covered.map(({ to }) => to)];
  const ends = [...covered.map(({ from }) => from), frame.to];
  return begins.map((from, at) => ({ from, to: ends[at] ?? frame.to })).filter(({ from, to }) => to > from);
};

/** Milliseconds in all; the intervals must not overlap. */
export const lengthOf = (intervals: readonly Interval[]): number => intervals.reduce((sum, { from, to }) => sum + to - from, 0);
