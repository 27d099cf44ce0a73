import { annotations, ConfigMap, fieldManagers, HostedClusterMigration, Secret } from '@godwit/api';
import { apiVersionOf, type Client, type KubeObject, type Resource } from '@godwit/kube';
import type { MoveRequest } from './request.ts';

/** What a move is made from besides the request; `sourceUid` identifies the source by its namespace kube-system. */
export type MoveParts = { name: string; kubeconfig: string; sourceUid: string };

const base64 = (data: string | Buffer): string => Buffer.from(data).toString('base64');

/** Names of what a move refers to. */
export const namesOf = (move: string) => ({ source: `${move}-source`, store: `${move}-store`, ca: `${move}-store-ca`, key: `${move}-key` });

const secret = (namespace: string, name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name },
  type: 'Opaque',
  data,
});

/** What a move refers to; `lasting` is kept when the move is deleted, since without the key its bundle could not be read any more. */
export const companionsOf = (request: MoveRequest, { name, kubeconfig }: MoveParts) => {
  const { operatorNamespace: namespace, store, bundleKey } = request;
  const names = namesOf(name);
  return {
    passing: [
      secret(namespace, names.source, { kubeconfig: base64(kubeconfig) }),
      secret(namespace, names.store, { credentials: base64(store.credentials) }),
      ...(store.caBundle === undefined
        ? []
        : [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: names.ca }, data: { 'ca-bundle.crt': store.caBundle } }]),
    ] as KubeObject[],
    lasting: [secret(namespace, names.key, { key: base64(bundleKey.key) })] as KubeObject[],
  };
};

/** The move itself. A rehearsal is held before the first phase that changes anything. */
export const moveObject = (request: MoveRequest, { name, sourceUid }: MoveParts): HostedClusterMigration => {
  const { operatorNamespace: namespace, cluster, store, mode, soak, targetNamespace, confirmTeardown, dryRun } = request;
  const names = namesOf(name);
  return {
    apiVersion: apiVersionOf(HostedClusterMigration),
    kind: HostedClusterMigration.kind,
    metadata: { namespace, name, ...(dryRun ? { annotations: { [annotations.holdBefore]: 'FreezeSource' } } : {}) },
    spec: {
      hostedCluster: cluster,
      source: { kubeconfigSecret: { name: names.source, key: 'kubeconfig' }, clusterUID: sourceUid },
      ...(targetNamespace === undefined ? {} : { targetNamespace }),
      mode,
      store: {
        bucket: store.bucket,
        prefix: store.prefix,
        region: store.region,
        ...(store.endpoint === undefined ? {} : { endpoint: store.endpoint }),
        forcePathStyle: store.forcePathStyle,
        ...(store.caBundle === undefined ? {} : { caBundle: { name: names.ca, key: 'ca-bundle.crt' } }),
        credentials: { name: names.store },
      },
      encryptionKey: { name: names.key },
      soak,
      dnsTimeout: '5m',
      paused: dryRun,
      canceled: false,
      rollback: false,
      ...(confirmTeardown === undefined || dryRun ? {} : { confirmTeardown }),
    },
  };
};

const resourceOf = ({ kind }: KubeObject): Resource => (kind === 'Secret' ? Secret : ConfigMap);

const options = { fieldManager: fieldManagers.cli };

/** Creates a move after what it refers to; all but the key goes with it. */
export const createMove = async (client: Client, request: MoveRequest, parts: MoveParts): Promise<HostedClusterMigration> => {
  const { passing, lasting } = companionsOf(request, parts);
  for (const object of [...passing, ...lasting]) await client.apply(resourceOf(object), object, options);
  const move = await client.create(HostedClusterMigration, moveObject(request, parts), options);
  const { name = '', uid = '' } = move.metadata;
  const ownerReferences = [{ apiVersion: move.apiVersion, kind: move.kind, name, uid }];
  for (const object of passing) {
    const { namespace, name: its = '' } = object.metadata;
    await client.patch(resourceOf(object), { namespace, name: its }, { metadata: { ownerReferences } }, options);
  }
  return move;
};

/** Removes a rehearsal and everything that was made for it. */
export const removeMove = async (client: Client, request: MoveRequest, parts: MoveParts): Promise<void> => {
  const { passing, lasting } = companionsOf(request, parts);
  await client.delete(HostedClusterMigration, { namespace: request.operatorNamespace, name: parts.name });
  for (const object of [...passing, ...lasting])
    await client.delete(resourceOf(object), { namespace: object.metadata.namespace, name: object.metadata.name ?? '' });
};
