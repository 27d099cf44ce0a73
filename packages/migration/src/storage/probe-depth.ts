const HOUR_MILLISECONDS = 3_600_000;

/** What is known of the last test that wrote: which settings it tested, and when. */
export type LastWrite = { digest: string; at: Date; answered: boolean };

/** Whether a store is only read from, or also written to: after creation, change, refresh or a failed write, and once an hour. */
export const probeDepth = (facts: { digest: string; refresh: boolean; last: LastWrite | undefined; now: Date }): 'read' | 'write' => {
  const { last, now } = facts;
  if (facts.refresh || last === undefined || !last.answered || last.digest !== facts.digest) return 'write';
  return now.getTime() - last.at.getTime() >= HOUR_MILLISECONDS ? 'write' : 'read';
};
