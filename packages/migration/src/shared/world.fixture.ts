import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClusterRoleBinding, MigCluster, MigStorage, NAMESPACE, Namespace, Secret, ServiceAccount } from '@godwit/api';
import { type Cache, silentLog, systemClock } from '@godwit/controller';
import { type Client, connect, isApiError, type KubeObject, type Resource } from '@godwit/kube';
import { openStore } from '@godwit/objectstore';
import { createConnections } from '../cluster/connections.ts';
import type { World } from '../world.ts';

/** The world of the migration controllers, with the real clock, connections and stores. */
export const aWorld = (host: Client, cache: Cache): World => ({
  clock: systemClock,
  log: silentLog,
  cache,
  connections: createConnections({
    host,
    cache,
    connect: ({ server, token, caBundle, insecure }) => connect({ server, token, ca: caBundle, insecure }),
  }),
  openStore,
  randomName: (length) => randomBytes(length).toString('hex').slice(0, length),
  settings: {
    namespace: NAMESPACE,
    transferImage: undefined,
    excludedResources: ['events', 'events.events.k8s.io'],
    namespaceLimit: 10,
    podLimit: 100,
    volumeLimit: 100,
    moveStorageClasses: [],
  },
});

/** Creates an object of a kind; one that is there already is left alone. */
export const make = async <T extends KubeObject>(
  client: Client,
  kind: Resource<T>,
  metadata: KubeObject['metadata'],
  rest: object = {},
): Promise<void> => {
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  try {
    await client.create(kind, { apiVersion, kind: kind.kind, metadata, ...rest } as unknown as T);
  } catch (fault) {
    if (!isApiError(fault, 'AlreadyExists')) throw fault;
  }
};

/** A token of a fresh ServiceAccount of a cluster; with `role`, bound to that ClusterRole. */
export const aToken = async (client: Client, name: string, role?: string): Promise<string> => {
  await make(client, ServiceAccount, { namespace: 'default', name });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role };
  if (role !== undefined)
    await make(client, ClusterRoleBinding, { name }, { roleRef, subjects: [{ kind: 'ServiceAccount', namespace: 'default', name }] });
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const answer = await client.request<{ status: { token: string } }>('POST', `/api/v1/namespaces/default/serviceaccounts/${name}/token`, {
    body: request,
  });
  return answer.status.token;
};

/** Creates a MigCluster with its token secret. */
export const aMigCluster = async (
  host: Client,
  name: string,
  { url, ca, token }: { url: string; ca: string | undefined; token: string },
): Promise<void> => {
  await make(host, Namespace, { name: NAMESPACE });
  await make(host, Secret, { namespace: NAMESPACE, name: `${name}-token` }, { stringData: { saToken: token } });
  const caBundle = ca === undefined ? {} : { caBundle: Buffer.from(ca).toString('base64') };
  await make(
    host,
    MigCluster,
    { namespace: NAMESPACE, name },
    { spec: { isHostCluster: false, url, ...caBundle, serviceAccountSecretRef: { namespace: NAMESPACE, name: `${name}-token` } } },
  );
};

/** Creates a MigStorage over a fresh folder, and returns the folder. */
export const aFolderStorage = async (host: Client, name: string): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'godwit-store-'));
  await make(
    host,
    MigStorage,
    { namespace: NAMESPACE, name },
    { spec: { backupStorageProvider: 'godwit.io/filesystem', backupStorageConfig: { path } } },
  );
  return path;
};

/** The conditions of an object that are True, as `Type/Reason`, sorted. */
export const heldBy = (
  object:
    | { status?: { conditions?: readonly { type: string; status: string; reason?: string | undefined }[] | undefined } | undefined }
    | undefined,
): string[] =>
  (object?.status?.conditions ?? [])
    .filter(({ status }) => status === 'True')
    .map(({ type, reason }) => (reason ? `${type}/${reason}` : type))
    .sort();
