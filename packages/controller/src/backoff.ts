const FIRST_SECONDS = 0.5;
const MOST_SECONDS = 60;

/** Seconds to wait after so many failures in a row: half a second doubling up to a minute, jittered down by at most half. */
export const backoffSeconds = (failures: number, random: () => number = Math.random): number =>
  Math.min(FIRST_SECONDS * 2 ** Math.max(0, failures - 1), MOST_SECONDS) * (0.5 + random() / 2);
