import type { Client, KubeObject, ServedResource } from '@godwit/kube';

/** What only tells of other objects, and what a cluster shows in every namespace alike. */
const TELLING = new Set(['Event', 'Endpoints', 'EndpointSlice', 'PodMetrics', 'PackageManifest']);

const EVERYWHERE = new Set([
  'ConfigMap/kube-root-ca.crt',
  'ConfigMap/openshift-service-ca.crt',
  'ServiceAccount/default',
  'ServiceAccount/builder',
  'ServiceAccount/deployer',
]);

const ISSUED = ['kubernetes.io/service-account-token', 'kubernetes.io/dockercfg'];

/** Whether a cluster puts an object like this into every namespace by itself. Pure. */
export const isEverywhere = ({ kind, metadata: { name = '', labels }, type = '' }: KubeObject & { type?: string }): boolean =>
  EVERYWHERE.has(`${kind}/${name}`) ||
  (kind === 'RoleBinding' && name.startsWith('system:')) ||
  (kind === 'Secret' && ISSUED.includes(type)) ||
  (kind === 'ClusterServiceVersion' && labels?.['olm.copiedFrom'] !== undefined);

const listable = (served: readonly ServedResource[]): ServedResource[] => {
  const inNamespaces = served.filter(({ scope, verbs, kind }) => scope === 'Namespaced' && verbs.includes('list') && !TELLING.has(kind));
  return [...new Map(inNamespaces.map((each) => [`${each.group}/${each.plural}`, each])).values()];
};

/** Whether a namespace holds anything that the cluster has not put there by itself; also when a kind cannot be looked at. */
export const holdsObjects = async (cluster: Client, namespace: string): Promise<boolean> => {
  const kinds = listable(await cluster.discover({ fresh: true }));
  const found = await Promise.all(
    kinds.map((kind) =>
      cluster.list(kind, { namespace }).then(
        ({ items }) => !items.every(isEverywhere),
        () => true,
      ),
    ),
  );
  return found.includes(true);
};
