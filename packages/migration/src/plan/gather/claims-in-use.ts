import {
  CronJob,
  DaemonSet,
  Deployment,
  PersistentVolume,
  type PersistentVolumeClaim,
  type Pod,
  ReplicaSet,
  StatefulSet,
} from '@godwit/api';
import type { Client, KubeObject, OwnerReference, Resource } from '@godwit/kube';
import type { ClaimInUse } from '../discover-volumes.ts';
import { commonOwnerType, ownerTypeOf } from '../owner-type.ts';
import { claimsOfPod } from './source.ts';

type Template = { spec?: Pod['spec'] };
type Workload = KubeObject & {
  spec?: {
    template?: Template;
    jobTemplate?: { spec?: { template?: Template } };
    volumeClaimTemplates?: { metadata?: { name?: string } }[];
  };
};

const key = (namespace: string | undefined, name: string): string => `${namespace ?? ''}/${name}`;

const mountedBy = (pods: readonly Pod[]): Map<string, Pod[]> => {
  const mounts = new Map<string, Pod[]>();
  for (const pod of pods)
    for (const claim of claimsOfPod(pod))
      mounts.set(key(pod.metadata.namespace, claim), [...(mounts.get(key(pod.metadata.namespace, claim)) ?? []), pod]);
  return mounts;
};

const replicaSetOwners = async (client: Client, pods: readonly Pod[]): Promise<Map<string, OwnerReference | undefined>> => {
  const wanted = new Map(
    pods.flatMap(({ metadata }) =>
      (metadata.ownerReferences ?? [])
        .filter(({ kind }) => kind === 'ReplicaSet')
        .map(({ name }) => [key(metadata.namespace, name), { namespace: metadata.namespace, name }] as const),
    ),
  );
  const found = await Promise.all(
    [...wanted].map(async ([id, name]) => [id, (await client.get(ReplicaSet, name))?.metadata.ownerReferences?.[0]] as const),
  );
  return new Map(found);
};

const claimsOfWorkload = ({ spec, metadata }: Workload): ((claim: string) => boolean) => {
  const named = [spec?.template, spec?.jobTemplate?.spec?.template].flatMap((template) => claimsOfPod(template ?? {}));
  const prefixes = (spec?.volumeClaimTemplates ?? []).map((template) => `${template.metadata?.name}-${metadata.name}-`);
  return (claim) =>
    named.includes(claim) || prefixes.some((prefix) => claim.startsWith(prefix) && /^\d+$/.test(claim.slice(prefix.length)));
};

const templateKinds = [Deployment, StatefulSet, DaemonSet, CronJob] as unknown as readonly Resource<Workload>[];

/** Asks the workloads of these namespaces for claims that no pod mounts now. */
const readTemplates = async (client: Client, namespaces: readonly string[]): Promise<Map<string, ((claim: string) => boolean)[]>> => {
  const read = async (namespace: string) => {
    const lists = await Promise.all(templateKinds.map((kind) => client.list(kind, { namespace })));
    return [namespace, lists.flatMap(({ items }) => items.map(claimsOfWorkload))] as const;
  };
  return new Map(await Promise.all(namespaces.map(read)));
};

const setOf = (pods: readonly Pod[]): string | undefined =>
  pods.flatMap(({ metadata }) => metadata.ownerReferences ?? []).find(({ kind }) => kind === 'StatefulSet')?.name;

/** Every bound claim of the source namespaces with its volume and with what uses it. */
export const readClaimsInUse = async (
  client: Client,
  claims: readonly PersistentVolumeClaim[],
  pods: readonly Pod[],
): Promise<ClaimInUse[]> => {
  const bound = claims.filter(({ status, spec }) => status?.phase === 'Bound' && spec?.volumeName);
  const mounts = mountedBy(pods);
  const podsOf = ({ metadata }: PersistentVolumeClaim): Pod[] => mounts.get(key(metadata.namespace, metadata.name ?? '')) ?? [];
  const idle = [...new Set(bound.filter((claim) => podsOf(claim).length === 0).map(({ metadata }) => metadata.namespace ?? ''))];
  const [owners, templates, volumes] = await Promise.all([
    replicaSetOwners(client, bound.flatMap(podsOf)),
    readTemplates(client, idle),
    Promise.all(bound.map(({ spec }) => client.get(PersistentVolume, { name: spec?.volumeName ?? '' }))),
  ]);
  return bound.flatMap((claim, index) => {
    const volume = volumes[index];
    if (volume === undefined) return [];
    const { namespace = '', name = '' } = claim.metadata;
    const users = podsOf(claim);
    const types = users.map((pod) =>
      ownerTypeOf({ name: pod.metadata.name ?? '', owners: pod.metadata.ownerReferences ?? [] }, (set) => owners.get(key(namespace, set))),
    );
    const hasReference = users.length > 0 || (templates.get(namespace) ?? []).some((uses) => uses(name));
    return [{ claim, volume, hasReference, ownerType: commonOwnerType(types), set: setOf(users) }];
  });
};
