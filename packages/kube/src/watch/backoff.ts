/** Seconds to wait before the attempt after this many failures in a row: 0.2 s doubling up to 30 s, jittered by half. */
export const backoffSeconds = (failures: number, random: () => number = Math.random): number => {
  const full = Math.min(0.2 * 2 ** Math.max(0, failures - 1), 30);
  return full * (0.5 + random() / 2);
};
