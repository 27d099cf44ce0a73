const SECONDS: Record<string, number> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Seconds of a duration as Go writes it, for instance `720h0m0s`; undefined for anything else. */
export const secondsOfDuration = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^([\d.]+(h|ms|m|s|us|µs|ns))+$/.test(text)) return text === '0' ? 0 : undefined;
  return [...text.matchAll(/([\d.]+)(h|ms|m|s|us|µs|ns)/g)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * (SECONDS[unit ?? ''] ?? 0),
    0,
  );
};
