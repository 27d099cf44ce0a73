import { CustomResourceDefinition } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource } from '@godwit/kube';

/**
 * All objects of a custom kind in a namespace; none where nobody serves the kind. Throws when the cluster cannot tell: what is not seen
 * would be taken for gone.
 */
export const listServed = async <T extends KubeObject>(client: Client, resource: Resource<T>, namespace: string): Promise<T[]> => {
  try {
    return (await client.list(resource, { namespace })).items;
  } catch (error) {
    if (!isApiError(error, 'NotFound')) throw error;
    // An API server that has just started does not serve the kinds yet that it knows.
    const known = await client.get(CustomResourceDefinition, { name: `${resource.plural}.${resource.group}` });
    if (known !== undefined) throw error;
    return [];
  }
};
