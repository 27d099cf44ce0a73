import { ConfigMap, type DirectVolumeMigration, Secret } from '@godwit/api';
import type { Effect } from '@godwit/controller';
import { objectNames, passwordSecretName, transferLabels } from '../names.ts';
import { byNamespace, type VolumePair, volumePairs } from '../volume-pair.ts';
import { daemonConfig } from './daemon.ts';
import { type Address, type TunnelProxy, tunnelClientConfig, tunnelServerConfig } from './tunnel.ts';

type On = 'host' | 'source' | 'target';
type KeyPair = { certificate: string; key: string };

/** Certificates of one copy: both sides trust the authority, whose key nobody keeps. */
export type Certificates = { authority: string; server: KeyPair; client: KeyPair };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

const configMap = (dvm: DirectVolumeMigration, on: On, namespace: string, name: string, data: Record<string, string>): Effect => ({
  do: 'apply',
  on,
  resource: ConfigMap,
  object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: transferLabels(dvm) }, data } satisfies ConfigMap,
});

const secret = (
  dvm: DirectVolumeMigration,
  on: On,
  namespace: string,
  name: string,
  data: Record<string, string>,
  type = 'Opaque',
): Effect => ({
  do: 'apply',
  on,
  resource: Secret,
  object: {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels: transferLabels(dvm) },
    type,
    data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, base64(value)])),
  } satisfies Secret,
});

/** The secret on the host that keeps the password of a copy while it runs. */
const passwordSecret = (dvm: DirectVolumeMigration, password: string): Effect =>
  secret(dvm, 'host', dvm.metadata.namespace ?? '', passwordSecretName(dvm), { username: 'root', password }, 'kubernetes.io/basic-auth');

/** What the rsync daemon of each target namespace and the clients of each source namespace are given. */
export const rsyncConfiguration = (dvm: DirectVolumeMigration, password: string, isRoot: (namespace: string) => boolean): Effect[] => {
  const pairs = volumePairs(dvm);
  const names = objectNames(dvm);
  return [
    passwordSecret(dvm, password),
    ...byNamespace(pairs, 'target').flatMap(([namespace, group]) => [
      configMap(dvm, 'target', namespace, names.serverConfig, { 'rsyncd.conf': daemonConfig(group, isRoot(namespace)) }),
      secret(dvm, 'target', namespace, names.serverSecret, { 'rsyncd.secrets': `root:${password}\n` }),
    ]),
    ...byNamespace(pairs, 'source').map(([namespace]) =>
      secret(dvm, 'source', namespace, names.clientSecret, { password: `${password}\n` }),
    ),
  ];
};

/** Key of the tunnel configuration that leads from a source namespace to the target namespace of a volume. */
export const tunnelKey = (pairs: readonly VolumePair[], { source, target }: VolumePair): string => {
  const first = pairs.find((other) => other.source.namespace === source.namespace);
  return first?.target.namespace === target.namespace ? 'stunnel.conf' : `stunnel-${target.namespace}.conf`;
};

const clientConfigs = (
  pairs: readonly VolumePair[],
  namespace: string,
  addresses: ReadonlyMap<string, Address>,
  proxy: TunnelProxy | undefined,
): Record<string, string> => {
  const here = pairs.filter(({ source }) => source.namespace === namespace);
  return Object.fromEntries(
    here.flatMap((pair) => {
      const address = addresses.get(pair.target.namespace);
      return address === undefined ? [] : [[tunnelKey(pairs, pair), tunnelClientConfig(address, proxy)]];
    }),
  );
};

/** Both ends of the tunnels: configuration, the authority's certificate and a key pair of each side's own. A proxy's password makes the client's configuration a Secret. */
export const tunnelConfiguration = (
  dvm: DirectVolumeMigration,
  { authority, server, client }: Certificates,
  addresses: ReadonlyMap<string, Address>,
  proxy: TunnelProxy | undefined,
): Effect[] => {
  const pairs = volumePairs(dvm);
  const names = objectNames(dvm);
  const keys = ({ certificate, key }: KeyPair) => ({ 'tls.crt': certificate, 'tls.key': key });
  return [
    ...byNamespace(pairs, 'target').flatMap(([namespace]) => [
      configMap(dvm, 'target', namespace, names.tunnelServerConfig, { 'stunnel.conf': tunnelServerConfig(), 'ca.crt': authority }),
      secret(dvm, 'target', namespace, names.tunnelServerSecret, keys(server), 'kubernetes.io/tls'),
    ]),
    ...byNamespace(pairs, 'source').flatMap(([namespace]) => {
      const configs = clientConfigs(pairs, namespace, addresses, proxy);
      const config = (data: Record<string, string>) => configMap(dvm, 'source', namespace, names.tunnelClientConfig, data);
      return [
        ...(proxy?.password
          ? [config({ 'ca.crt': authority }), secret(dvm, 'source', namespace, names.tunnelProxySecret, configs)]
          : [config({ 'ca.crt': authority, ...configs })]),
        secret(dvm, 'source', namespace, names.tunnelClientSecret, keys(client), 'kubernetes.io/tls'),
      ];
    }),
  ];
};
