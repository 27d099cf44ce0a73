import type { KubeObject } from '@godwit/kube';
import type { Scope } from '../scope.ts';
import type { Migrated } from './migrated.ts';

/** What every namespace has by itself, and what only reports on other objects. */
const BY_ITSELF = new Set([
  'ConfigMap/kube-root-ca.crt',
  'ConfigMap/openshift-service-ca.crt',
  'ServiceAccount/default',
  'ServiceAccount/builder',
  'ServiceAccount/deployer',
]);
const REPORTS = new Set(['Event', 'Endpoints', 'EndpointSlice', 'Lease', 'PodMetrics', 'ControllerRevision', 'LocalSubjectAccessReview']);

const owned = ({ metadata }: KubeObject): boolean => (metadata.ownerReferences ?? []).length > 0;

/** Whether the namespace holds anything that is neither of this list, nor made by the cluster itself, nor a child of something else. */
export const isForeign = async ({ target }: Scope, namespace: string, ours: readonly Migrated[]): Promise<boolean> => {
  const mine = new Set(ours.map(({ uid }) => uid));
  const served = (await target.discover()).filter(
    ({ preferred, scope, verbs, kind }) => preferred && scope === 'Namespaced' && verbs.includes('list') && !REPORTS.has(kind),
  );
  const lists = await Promise.all(
    served.map(async (resource) => ({ kind: resource.kind, items: (await target.list(resource, { namespace })).items })),
  );
  return lists.some(({ kind, items }) =>
    items.some(
      (item) =>
        !mine.has(item.metadata.uid ?? '') &&
        !owned(item) &&
        item.metadata.deletionTimestamp === undefined &&
        !BY_ITSELF.has(`${kind}/${item.metadata.name}`),
    ),
  );
};
