import { NAMESPACE } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { operatorOf } from '@godwit/operator';
import type { Invocation } from '../invocation.ts';

/** Says so when no operator would work on hosted clusters: what is asked for stands still until one does. */
export const warnWithoutOperator = async ({ terminal, calledAs }: Invocation, client: Client, context: string): Promise<void> => {
  if ((await operatorOf(client, NAMESPACE)) !== undefined) return;
  terminal.err(
    `warning: no operator holds the lease in namespace ${NAMESPACE} on ${context}; nothing goes on until one runs: ${calledAs} operator run --context ${context}`,
  );
};
