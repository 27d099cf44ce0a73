import { fieldManagers, Secret } from '@godwit/api';
import { apiVersionOf, type Client, isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { Failure } from '../../failure.ts';

const KEY = /-etcd-encryption-key$/;

const resourceOf = (served: readonly Resource[], { apiVersion, kind, metadata }: KubeObject): Resource => {
  const found = served.find((each) => each.kind === kind && apiVersionOf(each) === apiVersion);
  if (found !== undefined) return found;
  throw new Failure(`${kind} ${metadata.name} cannot be created`, {
    reason: 'NotInstalled',
    why: `the cluster does not serve ${apiVersion} ${kind}`,
    next: 'kubectl apply --server-side -f deploy/crds, or another --context',
  });
};

/** A key that is there is never replaced: what it has encrypted could not be read any more. */
const keepsKey = async (client: Client, { kind, metadata: { namespace, name = '' } }: KubeObject): Promise<boolean> =>
  kind === 'Secret' && KEY.test(name) && (await client.get(Secret, { namespace, name })) !== undefined;

const store = async (client: Client, resource: Resource, object: KubeObject): Promise<'created' | 'unchanged'> => {
  if (await keepsKey(client, object)) return 'unchanged';
  if (object.kind === 'Namespace')
    try {
      await client.create(resource, object, { fieldManager: fieldManagers.cli });
      return 'created';
    } catch (error) {
      if (isApiError(error, 'AlreadyExists')) return 'unchanged';
      throw error;
    }
  await client.apply(resource, object, { fieldManager: fieldManagers.cli });
  return 'created';
};

/** Creates objects in their order, telling of each what became of it. */
export const applyObjects = async (client: Client, objects: readonly KubeObject[], tell: (line: string) => void): Promise<void> => {
  const served = await client.discover();
  const wanted = objects.map((object) => ({ object, resource: resourceOf(served, object) }));
  for (const { object, resource } of wanted)
    tell(`${object.kind.toLowerCase()}/${object.metadata.name} ${await store(client, resource, object)}`);
};
