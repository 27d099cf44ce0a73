import { annotations, HostedCluster, HostedControlPlane, NodePool, ownKinds } from '@godwit/api';
import { canonicalJson } from '@godwit/controller';
import { apiVersionOf, type Client, isApiError, type KubeObject, type OwnerReference, type Resource } from '@godwit/kube';
import { HOLD, holdText } from '../../hold.ts';
import { FIELD_MANAGER, MOVED_BY } from '../names.ts';
import type { Place } from '../scope.ts';
import { type Bundle, objectsOf } from './bundle.ts';
import { MACHINE_KINDS } from './collect.ts';

const RESOURCES = new Map<string, Resource>(
  [...MACHINE_KINDS, ...(ownKinds as readonly Resource[])].map((resource) => [`${apiVersionOf(resource)} ${resource.kind}`, resource]),
);

const CORE = new Map<string, Resource>(
  (['Secret', 'ConfigMap', 'Namespace'] as const).map((kind) => [
    `v1 ${kind}`,
    { group: '', version: 'v1', kind, plural: `${kind.toLowerCase()}s`, scope: kind === 'Namespace' ? 'Cluster' : 'Namespaced' },
  ]),
);

/** The resource of an object of a bundle. */
const resourceOf = ({ apiVersion, kind }: KubeObject): Resource => {
  const found = RESOURCES.get(`${apiVersion} ${kind}`) ?? CORE.get(`${apiVersion} ${kind}`);
  if (found === undefined) throw new Error(`a bundle holds ${apiVersion} ${kind}, which no hosted cluster consists of`);
  return found;
};

/** An object that stands in the way on the destination. */
export class DestinationTakenError extends Error {
  override readonly name = 'DestinationTakenError';
  readonly object: string;
  constructor(object: string) {
    super(`${object} is on the destination already and is not this move's`);
    this.object = object;
  }
}

const paused = (object: KubeObject): KubeObject => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, [annotations.clusterApiPaused]: 'true' } },
});

const withSpec = (object: KubeObject, change: Record<string, unknown>): KubeObject =>
  ({ ...object, spec: { ...(object as KubeObject & { spec?: object }).spec, ...change } }) as KubeObject;

/** What is different on the destination: everything rests, and etcd begins with the snapshot. */
const changed = (object: KubeObject, snapshotUrl: string): KubeObject => {
  const held = {
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, [HOLD]: holdText('kube-apiserver', 'dns', 'machines') ?? '' },
    },
  };
  const etcd = (spec: unknown) => {
    const known = (spec as HostedCluster['spec']).etcd;
    return { ...known, managed: { ...known.managed, storage: { ...known.managed?.storage, restoreSnapshotURL: [snapshotUrl] } } };
  };
  switch (object.kind) {
    case HostedCluster.kind:
    case HostedControlPlane.kind: {
      const { spec } = object as KubeObject & { spec: unknown };
      return withSpec(held, { pausedUntil: 'true', etcd: etcd(spec) });
    }
    case NodePool.kind:
      return withSpec(object, { pausedUntil: 'true' });
    case 'Cluster':
      return withSpec(object, { paused: true });
    case 'MachineDeployment':
    case 'MachineSet':
    case 'MachineHealthCheck':
      return paused(object);
    default:
      return object;
  }
};

/** Where an object goes on the destination. */
const placed = (object: KubeObject, from: Place, to: Place): KubeObject => {
  const namespace = object.metadata.namespace === from.home ? to.home : to.namespace;
  return { ...object, metadata: { ...object.metadata, namespace } };
};

type Content = { data?: unknown; binaryData?: unknown; type?: unknown };

/** Whether two Secrets or ConfigMaps hold the same; one that does may stay, whoever put it there. */
export const holdsTheSame = (a: KubeObject | undefined, b: KubeObject): boolean => {
  const content = ({ data, binaryData, type }: Content) =>
    canonicalJson({ data: data ?? {}, binaryData: binaryData ?? {}, type: type ?? '' });
  return a !== undefined && ['Secret', 'ConfigMap'].includes(b.kind ?? '') && content(a as Content) === content(b as Content);
};

/** Puts objects up, remembers who they are now, and refuses to touch what is somebody else's. */
const putter = (client: Client, move: string) => {
  const uids = new Map<string, string>();
  const ownersOf = ({ metadata }: KubeObject): OwnerReference[] =>
    (metadata.ownerReferences ?? []).flatMap((owner) => {
      const uid = uids.get(`${owner.kind} ${owner.name}`);
      return uid === undefined ? [] : [{ ...owner, uid }];
    });
  return async (object: KubeObject): Promise<void> => {
    const resource = resourceOf(object);
    const { namespace, name = '' } = object.metadata;
    const wanted = {
      ...object,
      metadata: {
        ...object.metadata,
        ownerReferences: ownersOf(object),
        annotations: { ...object.metadata.annotations, [MOVED_BY]: move },
      },
    };
    const made = await client.create(resource, wanted, { fieldManager: FIELD_MANAGER }).catch(async (error: unknown) => {
      if (!isApiError(error, 'AlreadyExists')) throw error;
      const there = await client.get<KubeObject>(resource, { namespace, name });
      if (there?.metadata.annotations?.[MOVED_BY] !== move && !holdsTheSame(there, wanted))
        throw new DestinationTakenError(`${object.kind} ${namespace}/${name}`);
      return there;
    });
    uids.set(`${object.kind} ${name}`, (made as KubeObject).metadata.uid ?? '');
  };
};

/** Puts a bundle up on the destination, everything at rest, in the order of dependence. A second call completes what a first one began. */
export const restoreBundle = async (client: Client, bundle: Bundle, to: Place, snapshotUrl: string): Promise<void> => {
  const put = putter(client, bundle.move);
  const from = bundle.source;
  for (const object of objectsOf(bundle)) await put(changed(placed(object, from, to), snapshotUrl));
};
