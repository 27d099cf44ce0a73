import { Namespace } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';

/** Makes a namespace that this process keeps objects of its own in, unless somebody has made it before. */
export const ensureNamespace = async (client: Client, name: string): Promise<void> => {
  if ((await client.get(Namespace, { name })) !== undefined) return;
  await client.create(Namespace, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }).catch((error: unknown) => {
    if (!isApiError(error, 'AlreadyExists')) throw error;
  });
};
