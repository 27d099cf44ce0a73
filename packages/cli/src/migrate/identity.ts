import { ClusterRoleBinding, fieldManagers, Secret, ServiceAccount } from '@godwit/api';
import { type Client, connect, isApiError } from '@godwit/kube';
import type { Side } from './sides.ts';

/** The ServiceAccount that the controllers act as on a cluster that is not the host; upstream's name. */
const CONTROLLER_ACCOUNT = 'migration-controller';

const ROLE = 'cluster-admin';
const TOKEN_SECONDS = 24 * 3600;
const KEY = 'saToken';

/** When a token ends, in seconds since 1970; undefined when it does not say so. */
export const expiryOf = (token: string): number | undefined => {
  try {
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? exp : undefined;
  } catch {
    return undefined;
  }
};

const ensureAccount = async ({ client }: Side, namespace: string): Promise<void> => {
  const options = { fieldManager: fieldManagers.cli };
  await client.apply(
    ServiceAccount,
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name: CONTROLLER_ACCOUNT } },
    options,
  );
  await client.apply(
    ClusterRoleBinding,
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: CONTROLLER_ACCOUNT },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: ROLE },
      subjects: [{ kind: 'ServiceAccount', name: CONTROLLER_ACCOUNT, namespace }],
    },
    options,
  );
};

const requestToken = async ({ client }: Side, namespace: string): Promise<string> => {
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${CONTROLLER_ACCOUNT}/token`;
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: TOKEN_SECONDS } };
  const answer = await client.request<{ status: { token: string } }>('POST', path, { body });
  return answer.status.token;
};

/** Whether a token is good for at least half of its life more, and the cluster still takes it. */
const isUsable = async ({ access: { server, ca, insecure } }: Side, token: string | undefined, now: Date): Promise<boolean> => {
  if (!token || (expiryOf(token) ?? 0) - now.getTime() / 1000 < TOKEN_SECONDS / 2) return false;
  const client = connect({ server, token, ...(ca === undefined ? {} : { ca }), ...(insecure === undefined ? {} : { insecure }) });
  try {
    await client.request('GET', '/version');
    return true;
  } catch (error) {
    if (isApiError(error)) return false;
    throw error;
  } finally {
    await client.close();
  }
};

const storedToken = async (host: Client, name: { namespace: string; name: string }): Promise<string | undefined> => {
  const value = (await host.get(Secret, name))?.data?.[KEY];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString('utf8');
};

/**
 * Gives the controllers an identity on a cluster, and keeps its token in a Secret of the host. A token with at least half of its 24 hours
 * left is kept, so that work under way keeps its connection. Resolves with whether a new one was made.
 */
export const ensureIdentity = async (
  side: Side,
  host: Client,
  secret: { namespace: string; name: string },
  now = new Date(),
): Promise<boolean> => {
  await ensureAccount(side, secret.namespace);
  if (await isUsable(side, await storedToken(host, secret), now)) return false;
  const token = await requestToken(side, secret.namespace);
  const data = { [KEY]: Buffer.from(token).toString('base64') };
  await host.apply(
    Secret,
    { apiVersion: 'v1', kind: 'Secret', metadata: secret, type: 'Opaque', data },
    { fieldManager: fieldManagers.cli },
  );
  return true;
};
