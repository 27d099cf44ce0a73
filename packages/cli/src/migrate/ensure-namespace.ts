import { Namespace } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';

/** Creates a namespace unless it is there. */
export const ensureNamespace = async (client: Client, name: string): Promise<void> => {
  if ((await client.get(Namespace, { name })) !== undefined) return;
  try {
    await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'godwit-cli' });
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  }
};
