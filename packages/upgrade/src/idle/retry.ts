/** What is known of failed attempts. */
export type Attempts = { attempts?: number | undefined; failedAt?: string | undefined };

const FIRST_SECONDS = 30;
const MOST_SECONDS = 300;

/**
 * Seconds from now until cleaning up is tried again: 30 after the first failure, twice as many after each further one, 300 at most. A clock that
 * was set back since does not make it longer. Pure.
 */
export const secondsToRetry = ({ attempts = 1, failedAt }: Attempts, now: Date): number => {
  if (failedAt === undefined) return 0;
  const pause = Math.min(MOST_SECONDS, FIRST_SECONDS * 2 ** Math.max(0, attempts - 1));
  const left = Math.ceil(Date.parse(failedAt) / 1000 + pause - now.getTime() / 1000);
  return Math.min(pause, Math.max(0, left));
};
