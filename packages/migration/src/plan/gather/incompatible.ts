import { CustomResourceDefinition } from '@godwit/api';
import type { Client, ServedResource } from '@godwit/kube';
import type { IncompatibleKind } from '../facts.ts';
import { incompatibleResources, type Served } from '../gvk.ts';

const isInUse = async (client: Client, resource: Served, namespace: string): Promise<boolean> => {
  for await (const { items } of client.pages(resource, { namespace, pageSize: 1 })) return items.length > 0;
  return false;
};

/** A kind that a CRD defines comes with its CRD: the backup takes the definition along. */
const comesWithDefinition = async (client: Client, { plural, group }: Served): Promise<boolean> =>
  (await client.get(CustomResourceDefinition, { name: `${plural}.${group}` })) !== undefined;

/** The kinds in use in the source namespaces that the destination does not serve and that are not carried along. */
export const readIncompatible = async (
  client: Client,
  served: { source: readonly ServedResource[]; destination: readonly ServedResource[] },
  namespaces: readonly string[],
  excluded: readonly string[],
): Promise<IncompatibleKind[]> => {
  const candidates = incompatibleResources(served.source, served.destination, excluded).filter(({ scope }) => scope === 'Namespaced');
  const found = await Promise.all(
    candidates.map(async (each) => {
      if (await comesWithDefinition(client, each)) return [];
      const used = await Promise.all(namespaces.map((namespace) => isInUse(client, each, namespace)));
      const { group, version, kind, plural } = each;
      return namespaces.filter((_namespace, index) => used[index]).map((namespace) => ({ namespace, group, version, kind, plural }));
    }),
  );
  return found.flat();
};
