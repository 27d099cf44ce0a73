import { exponentialBackoff } from '@godwit/kube';

/** Seconds to wait after so many failures of a round in a row: half a second, doubling up to a minute. */
export const backoffSeconds = exponentialBackoff(0.5, 60);
