import { fieldManagers, MigCluster } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { ensureIdentity } from './identity.ts';
import type { Side } from './sides.ts';

/** The MigCluster of the cluster that holds the Mig* objects. */
export const registerHost = (host: Client, namespace: string, name = 'host'): Promise<MigCluster> =>
  host.apply(
    MigCluster,
    { apiVersion: 'migration.openshift.io/v1alpha1', kind: 'MigCluster', metadata: { namespace, name }, spec: { isHostCluster: true } },
    { fieldManager: fieldManagers.cli },
  );

/** Name of the Secret with the token of a MigCluster. */
const tokenSecretName = (cluster: string): string => `${cluster}-token`;

/** What a MigCluster cannot say of a context; the controllers would reach the cluster in another way, or not at all. */
export const unsayable = ({ access }: Side): string[] => [
  ...(access.proxy === undefined ? [] : ['proxy-url']),
  ...(access.serverName === undefined ? [] : ['tls-server-name']),
];

/** Makes an identity on a cluster and its MigCluster on the host. */
export const registerRemote = async (side: Side, host: Client, namespace: string, name: string): Promise<MigCluster> => {
  const secret = { namespace, name: tokenSecretName(name) };
  await ensureIdentity(side, host, secret);
  const { server, ca, insecure } = side.access;
  return host.apply(
    MigCluster,
    {
      apiVersion: 'migration.openshift.io/v1alpha1',
      kind: 'MigCluster',
      metadata: { namespace, name },
      spec: {
        isHostCluster: false,
        url: server,
        serviceAccountSecretRef: secret,
        ...(ca === undefined ? {} : { caBundle: Buffer.from(ca).toString('base64') }),
        ...(insecure === true ? { insecure: true } : {}),
      },
    },
    { fieldManager: fieldManagers.cli },
  );
};
