import { OPERATOR_NAMESPACE } from '@godwit/hosted';
import type { Invocation } from '../invocation.ts';

/** Where hosted clusters are looked for unless a namespace is named. */
const CLUSTERS = 'clusters';

/** The call as it looks for hosted clusters and their pools. */
export const inClusters = (invocation: Invocation): Invocation => ({
  ...invocation,
  namespace: invocation.globals.namespace ?? CLUSTERS,
});

/** The call as it looks for moves of hosted clusters. */
export const inOperators = (invocation: Invocation): Invocation => ({
  ...invocation,
  namespace: invocation.globals.namespace ?? OPERATOR_NAMESPACE,
});
