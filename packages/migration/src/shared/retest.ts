import type { Condition } from '@godwit/api';
import { type Delay, isTrue } from '@godwit/controller';

const WELL: Delay = '60s';
const FAULTY: Delay = '5s';

/** When something outside of the host cluster is tested again: it tells nobody that it went away, nor that it is back, and a run may wait for it. */
export const retestAfter = (conditions: readonly Condition[]): Delay => (isTrue(conditions, 'Ready') ? WELL : FAULTY);
