import { exponentialBackoff } from '../backoff.ts';

/** Soon enough for who waits for an event with an application asleep, seldom enough for a server that comes up. */
const MOST_SECONDS = 8;

/** Seconds to wait before a broken watch begins anew. */
export const backoffSeconds = exponentialBackoff(0.2, MOST_SECONDS);
