const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
] as const;

/** Seconds as kubectl writes ages: two units up to a day, then days; for instance 45s, 3m20s, 5h2m, 3d. */
export const shortDuration = (seconds: number): string => {
  const whole = Math.max(0, Math.floor(seconds));
  const at = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[at] ?? ['s', 1];
  const [next, nextSize] = UNITS[at + 1] ?? ['', 0];
  const rest = nextSize === 0 || unit === 'd' ? 0 : Math.floor((whole % size) / nextSize);
  return `${Math.floor(whole / size)}${unit}${rest === 0 ? '' : `${rest}${next}`}`;
};

/** The age of an object that was created at a time; `<unknown>` without one. */
export const ageOf = (created: string | undefined, now: Date): string =>
  created === undefined ? '<unknown>' : shortDuration((now.getTime() - Date.parse(created)) / 1000);
