import { IDLE, upgradeReasons } from '@godwit/api';
import { type Conditions, conditionOf } from './stage-conditions.ts';

/** What is known of the object that changes the addresses of this node, which may not happen during an upgrade. */
export type IpConfigFacts = { readonly served: boolean; readonly object?: { readonly conditions: Conditions } | undefined };

/** Whether an upgrade may go on beside the change of addresses: yes, look again as long as the object is missing, or blocked. */
export type Gate = 'open' | 'missing' | 'blocked';

/** A cluster that does not serve the kind changes no addresses (D-I1). */
export const ipConfigGate = ({ served, object }: IpConfigFacts): Gate => {
  if (!served) return 'open';
  if (object === undefined) return 'missing';
  if (object.conditions.length === 0) return 'open';
  const idle = conditionOf(object.conditions, IDLE);
  return idle?.status === 'True' || idle?.reason === upgradeReasons.blocked ? 'open' : 'blocked';
};
