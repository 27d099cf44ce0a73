import { ImageStream, type MigPlan, Namespace, PersistentVolumeClaim, Pod, StorageClass } from '@godwit/api';
import type { Client, ServedResource } from '@godwit/kube';
import { storageClassOffers } from '../../cluster/storage-classes.ts';
import { sourceNamespaces } from '../../shared/namespace-pairs.ts';
import type { World } from '../../world.ts';
import type { NamespaceView, SourceView, UnboundClaim } from '../facts.ts';
import { podView } from '../pod-health.ts';
import { readKubeVirts } from './kubevirt.ts';

/** What was read from the source, raw, for discovery and for comparison with the destination. */
export type SourceReading = { view: SourceView; pods: readonly Pod[]; claims: readonly PersistentVolumeClaim[] };

/** Names of the claims that a pod mounts. */
export const claimsOfPod = ({ spec }: { spec?: Pod['spec'] }): string[] =>
  (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);

/** Reads namespaces by name; absent ones are left out. */
export const readNamespaces = async (client: Client, names: readonly string[]): Promise<NamespaceView[]> => {
  const found = await Promise.all(names.map((name) => client.get(Namespace, { name })));
  return found.flatMap((each) =>
    each === undefined ? [] : [{ name: each.metadata.name ?? '', annotations: each.metadata.annotations ?? {} }],
  );
};

/** Whether a cluster serves the kinds of Velero. */
export const servesVelero = (served: readonly ServedResource[]): boolean =>
  ['backups', 'restores', 'backupstoragelocations'].every((plural) =>
    served.some((each) => each.group === 'velero.io' && each.version === 'v1' && each.plural === plural),
  );

/** What a cluster serves; asked afresh when Velero's kinds seem to be missing, since they may be new. */
export const readServed = async (client: Client): Promise<ServedResource[]> => {
  const served = await client.discover();
  return servesVelero(served) ? served : client.discover({ fresh: true });
};

const unbound = (claims: readonly PersistentVolumeClaim[], pods: readonly Pod[]): UnboundClaim[] =>
  claims
    .filter(({ status }) => status?.phase !== 'Bound')
    .map(({ metadata, status }) => ({
      namespace: metadata.namespace ?? '',
      name: metadata.name ?? '',
      phase: status?.phase ?? 'Pending',
      mounted: pods.some((pod) => pod.metadata.namespace === metadata.namespace && claimsOfPod(pod).includes(metadata.name ?? '')),
    }));

const hasImageStreams = async (client: Client, served: readonly ServedResource[], namespaces: readonly string[]): Promise<boolean> => {
  if (!served.some(({ group, plural }) => group === ImageStream.group && plural === ImageStream.plural)) return false;
  const lists = await Promise.all(namespaces.map((namespace) => client.list(ImageStream, { namespace })));
  return lists.some(({ items }) => items.length > 0);
};

/** Reads the plan's namespaces on the source, and what the cluster offers. */
export const readSource = async (
  { cache }: World,
  client: Client,
  plan: MigPlan,
  served: readonly ServedResource[],
): Promise<SourceReading> => {
  const namespaces = sourceNamespaces(plan);
  const [existing, pods, claims, classes, imageStreams, kubeVirts] = await Promise.all([
    readNamespaces(client, namespaces),
    Promise.all(namespaces.map((namespace) => client.list(Pod, { namespace }))),
    Promise.all(namespaces.map((namespace) => client.list(PersistentVolumeClaim, { namespace }))),
    cache(client, StorageClass),
    hasImageStreams(client, served, namespaces),
    plan.spec.liveMigrate === true ? readKubeVirts(client, served) : [],
  ]);
  const allPods = pods.flatMap(({ items }) => items);
  const allClaims = claims.flatMap(({ items }) => items);
  const view = {
    existing,
    pods: allPods.map(podView),
    unboundClaims: unbound(allClaims, allPods),
    storageClasses: storageClassOffers(classes.list()),
    hasImageStreams: imageStreams,
    kubeVirts,
    servedKinds: new Set(served.map(({ group, kind }) => `${group}/${kind}`)),
    servesVelero: servesVelero(served),
  };
  return { view, pods: allPods, claims: allClaims };
};
