/**
 * Makes a rule for how many seconds to wait before the attempt after so many failures in a row: `first` after the first, twice as many after each
 * further one, `most` at most, jittered down by at most half.
 */
export const exponentialBackoff =
  (first: number, most: number) =>
  (failures: number, random: () => number = Math.random): number =>
    Math.min(first * 2 ** Math.max(0, failures - 1), most) * (0.5 + random() / 2);
