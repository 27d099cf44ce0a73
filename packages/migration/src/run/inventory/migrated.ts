import type { KubeObject, ObjectName, Resource } from '@godwit/kube';

/** One object that a migration created on the target. */
export type Migrated = { resource: Resource; name: ObjectName; uid: string };

/** An entry of the inventory file that the engine writes beside a restore. */
export type InventoryEntry = {
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespace?: string;
  name: string;
  uid: string;
};

/** Where the engine leaves the inventory of a restore, relative to the repository. */
export const inventoryKey = (restore: string): string => `restores/${restore}/${restore}-godwit-inventory.json.gz`;

/** An inventory entry as something to delete. */
export const migratedOf = ({ group, version, kind, plural, namespace, name, uid }: InventoryEntry): Migrated => ({
  resource: { group, version, kind, plural, scope: namespace === undefined ? 'Cluster' : 'Namespaced' },
  name: { namespace, name },
  uid,
});

/** An object that was found by its label. */
export const labelled = (resource: Resource, { metadata }: KubeObject): Migrated => ({
  resource,
  name: { namespace: metadata.namespace, name: metadata.name ?? '' },
  uid: metadata.uid ?? '',
});

/** The order of removal: what runs pods first, what they mount last, namespaces apart. */
export const removalOrder = (objects: readonly Migrated[]): Migrated[] => {
  const rank = ({ resource }: Migrated): number => {
    if (resource.kind === 'Namespace') return 3;
    if (resource.kind === 'PersistentVolumeClaim') return 2;
    return resource.scope === 'Cluster' ? 1 : 0;
  };
  return objects.toSorted((a, b) => rank(a) - rank(b));
};
