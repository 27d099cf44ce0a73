import type { InventoryEntry } from '@godwit/api';
import type { KubeObject, ObjectName, Resource } from '@godwit/kube';

/** One object that a migration created on the target. */
export type Migrated = { resource: Resource; name: ObjectName; uid: string };

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

/** What holds other objects, and takes them along when it is deleted: it goes last, and only when nothing of others is in it. */
export const holdsOthers = ({ resource: { kind } }: Migrated): boolean => kind === 'Namespace' || kind === 'CustomResourceDefinition';

/** The order of removal: what runs pods first, then what the whole cluster shares, then what pods mount. */
export const removalOrder = (objects: readonly Migrated[]): Migrated[] => {
  const rank = ({ resource }: Migrated): number => (resource.kind === 'PersistentVolumeClaim' ? 2 : resource.scope === 'Cluster' ? 1 : 0);
  return objects.toSorted((a, b) => rank(a) - rank(b));
};
