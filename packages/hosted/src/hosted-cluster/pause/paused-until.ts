/** What `spec.pausedUntil` means at a moment. */
export type Pause = {
  paused: boolean;
  /** Seconds until it ends by itself; negative: so long ago. Undefined: it has no end, or there is none. */
  secondsLeft?: number;
  /** Why the value could not be read; such an object is not paused. */
  problem?: string;
};

// what Go's strconv.ParseBool takes, since upstream reads the field with it
const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];
const RFC_3339 = /^(\d{4}-\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** JavaScript moves 30 February into March; here it is no date at all. */
const existsInCalendar = (yearAndMonth: string, day: string): boolean => {
  const date = new Date(`${yearAndMonth}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${yearAndMonth}-${day}`);
};

/** Milliseconds since 1970 of an RFC 3339 time; undefined when the text is none. */
export const momentOf = (text: string): number | undefined => {
  const [, yearAndMonth, day] = RFC_3339.exec(text) ?? [];
  return yearAndMonth !== undefined && day !== undefined && existsInCalendar(yearAndMonth, day) ? Date.parse(text) : undefined;
};

/** Reads `spec.pausedUntil` of a HostedCluster, HostedControlPlane or NodePool. Pure. */
export const pauseOf = (value: string | undefined, now: Date): Pause => {
  if (value === undefined || FALSE.includes(value)) return { paused: false };
  if (TRUE.includes(value)) return { paused: true };
  const end = momentOf(value);
  if (end === undefined) return { paused: false, problem: `invalid value specified in pausedUntil field: "${value}"` };
  const secondsLeft = (end - now.getTime()) / 1000;
  return { paused: secondsLeft > 0, secondsLeft };
};
