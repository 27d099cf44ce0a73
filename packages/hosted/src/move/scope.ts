import { ConfigMap, HostedCluster, type HostedClusterMigration, HostedControlPlane, NodePool, Secret } from '@godwit/api';
import type { Tasks } from '@godwit/controller';
import { accessOf, type Client, parseKubeconfig } from '@godwit/kube';
import type { ObjectStore } from '@godwit/objectstore';
import { storeAccessOf } from '../etcd/index.ts';
import { controlPlaneNamespace } from '../names.ts';
import type { World } from '../world.ts';
import { identityOf } from './fence/identity.ts';

/** A move as its phases see it. */
export type Move = HostedClusterMigration;

/** Everything that the phases of one move work with. */
export type Scope = {
  world: World;
  move: Move;
  /** The management cluster that the hosted cluster leaves. */
  source: Client;
  /** The management cluster that holds the move. */
  target: Client;
  store: ObjectStore;
  /** 32 bytes that the bundle of objects is encrypted with. */
  bundleKey: Uint8Array;
  /** Authorities of the store, PEM; undefined: the system's. */
  storeAuthority: string | undefined;
  /** Namespaces of the HostedCluster and of its control plane, on each side. */
  at: { source: Place; target: Place };
  tasks: Tasks;
  /** What tasks of this process found, by name of the task. */
  results: Map<string, unknown>;
};

/** Where a hosted cluster is on one management cluster. */
export type Place = { namespace: string; name: string; home: string };

const placeOf = (namespace: string, name: string): Place => ({ namespace, name, home: controlPlaneNamespace({ namespace, name }) });

/** Where the hosted cluster of a move is to live. */
export const destinationOf = ({ spec: { hostedCluster, targetNamespace } }: Pick<Move, 'spec'>): Place =>
  placeOf(targetNamespace ?? hostedCluster.namespace, hostedCluster.name);

/** What keeps a move from being worked on; the message says what to do. */
export class ScopeError extends Error {
  override readonly name = 'ScopeError';
  readonly reason: string;
  constructor(reason: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

const requireSecret = async (client: Client, namespace: string | undefined, name: string, reason: string): Promise<Secret> => {
  const secret = await client.get(Secret, { namespace, name });
  if (secret === undefined) throw new ScopeError(reason, `Secret ${namespace}/${name} is missing; create it`);
  return secret;
};

const decoded = (secret: Secret, key: string): Buffer | undefined => {
  const value = secret.data?.[key];
  return value === undefined ? undefined : Buffer.from(value, 'base64');
};

const sourceClient = async ({ management }: World, { metadata, spec }: Move, connect: Connect): Promise<Client> => {
  const { name, key } = spec.source.kubeconfigSecret;
  const secret = await requireSecret(management, metadata.namespace, name, 'SourceKubeconfigInvalid');
  const text = decoded(secret, key)?.toString();
  if (text === undefined) throw new ScopeError('SourceKubeconfigInvalid', `Secret ${metadata.namespace}/${name} has no key ${key}`);
  try {
    return connect(text);
  } catch (error) {
    throw new ScopeError(
      'SourceKubeconfigInvalid',
      `Secret ${metadata.namespace}/${name} holds no usable kubeconfig: ${(error as Error).message}`,
    );
  }
};

/** Opens, or finds again, a client for the text of a kubeconfig. */
export type Connect = (kubeconfig: string) => Client;

const FOREIGN = ['exec', 'auth-provider', 'tokenFile', 'client-certificate', 'client-key', 'certificate-authority'] as const;

/**
 * The access that a kubeconfig's current context describes. One from a Secret may neither run programs here nor read files of this
 * machine: whoever may write Secrets would do so in the operator's name.
 */
export const accessIn = (kubeconfig: string) => {
  const parsed = parseKubeconfig(kubeconfig, 'the Secret');
  const entries = [...parsed.users.values(), ...parsed.clusters.values()].flatMap(({ value }) => Object.keys(value));
  const foreign = FOREIGN.find((field) => entries.includes(field));
  if (foreign !== undefined)
    throw new Error(
      `it uses ${foreign}, which a kubeconfig in a Secret may not; put certificates and tokens inline (kubectl config view --minify --flatten)`,
    );
  return accessOf(parsed);
};

const storeOf = async (world: World, { metadata: { namespace }, spec: { store } }: Move) => {
  const secret = await requireSecret(world.management, namespace, store.credentials.name, 'StoreInvalid');
  const bundle = store.caBundle && (await world.management.get(ConfigMap, { namespace, name: store.caBundle.name }));
  const authority = store.caBundle && bundle?.data?.[store.caBundle.key];
  const access = storeAccessOf(secret, {
    bucket: store.bucket,
    region: store.region,
    endpoint: store.endpoint,
    forcePathStyle: store.forcePathStyle,
    caBundle: authority,
  });
  if (!access.ok) throw new ScopeError('StoreInvalid', access.said.message);
  return { store: world.openStore({ ...access.value, prefix: store.prefix }), authority };
};

const KEY_BYTES = 32;

const bundleKeyOf = async ({ management }: World, { metadata: { namespace }, spec }: Move): Promise<Uint8Array> => {
  const secret = await requireSecret(management, namespace, spec.encryptionKey.name, 'EncryptionKeyInvalid');
  const key = decoded(secret, 'key');
  if (key?.length !== KEY_BYTES)
    throw new ScopeError(
      'EncryptionKeyInvalid',
      `Secret ${namespace}/${spec.encryptionKey.name} must hold ${KEY_BYTES} bytes under its key \`key\`, it holds ${key?.length ?? 'none'}`,
    );
  return key;
};

/** Opens what a move works with. Throws `ScopeError` with the named reason when the user has to change something. */
export const openScope = async (
  world: World,
  move: Move,
  parts: { connect: Connect; tasks: Tasks; results: Map<string, unknown> },
): Promise<Scope> => {
  const { hostedCluster } = move.spec;
  const [source, { store, authority }, bundleKey] = await Promise.all([
    sourceClient(world, move, parts.connect),
    storeOf(world, move),
    bundleKeyOf(world, move),
  ]);
  return {
    world,
    move,
    source,
    target: world.management,
    store,
    bundleKey,
    storeAuthority: authority,
    at: {
      source: placeOf(hostedCluster.namespace, hostedCluster.name),
      target: destinationOf(move),
    },
    tasks: parts.tasks,
    results: parts.results,
  };
};

/** Throws `ScopeError` when the kubeconfig of the source leads to another cluster than at the preflight. */
export const requireSource = async (scope: Scope): Promise<void> => {
  const known = scope.move.status?.source?.clusterUID;
  if (known === undefined) return;
  const found = await identityOf(scope, 'source');
  if (found !== known)
    throw new ScopeError(
      'AnotherSource',
      `the kubeconfig of the source leads to kube-system ${found}, the move began with ${String(known)}; put the right kubeconfig into the Secret`,
    );
};

/** The clusters by the roles that effects name. */
export const clustersOf = ({ source, target }: Scope) => ({ source, target, management: target });

/** The HostedCluster on one side. */
export const clusterAt = (scope: Scope, side: 'source' | 'target'): Promise<HostedCluster | undefined> =>
  scope[side].get(HostedCluster, { namespace: scope.at[side].namespace, name: scope.at[side].name });

/** The HostedControlPlane on one side. */
export const planeAt = (scope: Scope, side: 'source' | 'target'): Promise<HostedControlPlane | undefined> =>
  scope[side].get(HostedControlPlane, { namespace: scope.at[side].home, name: scope.at[side].name });

/** The pools of the hosted cluster on the source. */
export const poolsAt = async ({ source, at }: Pick<Scope, 'source' | 'at'>): Promise<NodePool[]> =>
  (await source.list(NodePool, { namespace: at.source.namespace })).items.filter(({ spec }) => spec.clusterName === at.source.name);

/** The API of the hosted cluster at the destination; undefined while it has no address or no kubeconfig. */
export const hostedAtTarget = ({ world, at }: Scope): Promise<Client | undefined> =>
  world.hosted.of({ namespace: at.target.home, name: at.target.name });
