/** Soon enough for who waits for an event with an application asleep, seldom enough for a server that comes up. */
const MOST_SECONDS = 8;

/** Seconds to wait before the attempt after this many failures in a row: 0.2 s doubling up to 8 s, jittered by half. */
export const backoffSeconds = (failures: number, random: () => number = Math.random): number => {
  const full = Math.min(0.2 * 2 ** Math.max(0, failures - 1), MOST_SECONDS);
  return full * (0.5 + random() / 2);
};
