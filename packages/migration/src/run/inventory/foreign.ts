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

const isOurs = (ours: readonly Migrated[]): ((object: KubeObject) => boolean) => {
  const uids = new Set(ours.map(({ uid }) => uid));
  return ({ metadata }) => uids.has(metadata.uid ?? '') || metadata.deletionTimestamp !== undefined;
};

const inNamespace = async ({ target }: Scope, namespace: string): Promise<KubeObject[]> => {
  const served = (await target.discover({ fresh: true })).filter(
    ({ preferred, scope, verbs, kind }) => preferred && scope === 'Namespaced' && verbs.includes('list') && !REPORTS.has(kind),
  );
  const lists = await Promise.all(served.map((resource) => target.list(resource, { namespace })));
  return lists.flatMap(({ items }) => items).filter((item) => !owned(item) && !BY_ITSELF.has(`${item.kind}/${item.metadata.name}`));
};

const ofDefinition = async ({ target }: Scope, definition: string): Promise<KubeObject[]> => {
  const [plural = '', ...group] = definition.split('.');
  const kind = (await target.discover({ fresh: true })).find(
    (each) => each.plural === plural && each.group === group.join('.') && each.preferred,
  );
  return kind === undefined ? [] : (await target.list(kind)).items;
};

/** Whether a namespace or a CRD holds anything that is neither of this list, nor made by the cluster itself, nor a child of something else. */
export const holdsForeign = async (scope: Scope, { resource, name }: Migrated, ours: readonly Migrated[]): Promise<boolean> => {
  const held = resource.kind === 'Namespace' ? await inNamespace(scope, name.name) : await ofDefinition(scope, name.name);
  const mine = isOurs(ours);
  return held.some((object) => !mine(object));
};
