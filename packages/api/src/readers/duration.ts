const SECONDS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
const WHOLE = /^[+-]?(\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))*$/;
const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|ms|s|m|h)/g;

/** Seconds of a duration in Go's notation, for instance 5400 for 1h30m0s; undefined when it is not one. */
export const durationSeconds = (text: string): number | undefined => {
  if (text === '0') return 0;
  if (!WHOLE.test(text)) return undefined;
  const seconds = [...text.matchAll(PART)].reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[unit ?? ''] ?? 0), 0);
  return text.startsWith('-') ? -seconds : seconds;
};

/** Seconds of a duration in Go's notation; the given seconds when it is omitted or not one. */
export const durationOr = (text: string | null | undefined, seconds: number): number => durationSeconds(text ?? '') ?? seconds;
