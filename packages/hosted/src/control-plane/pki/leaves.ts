import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import { addressAt } from '../publish/address-at.ts';
import type { AuthorityName } from './authorities.ts';

/** A certificate of a control plane: a Secret of its own, for a year. */
export type Leaf = {
  secret: string;
  authority: AuthorityName;
  commonName: string;
  organizations?: readonly string[];
  hosts: readonly string[];
  usage: 'server' | 'client' | 'both';
  /** Keys of the Secret; default tls.crt and tls.key. */
  keys: { certificate: string; key: string };
};

/** Names and addresses outside of the management cluster at which services answer, as far as they are known. */
export type OutsideNames = { apiServer: readonly string[]; konnectivity: readonly string[] };

/** Days that a leaf holds. */
export const LEAF_DAYS = 365;

/** Days before its end when a leaf is renewed. */
export const RENEWAL_DAYS = 30;

const TLS = { certificate: 'tls.crt', key: 'tls.key' };

const keysOf = (stem: string) => ({ certificate: `${stem}.crt`, key: `${stem}.key` });

const LOCAL = ['localhost', '127.0.0.1', '::1'];

/** Every name of a Service inside the management cluster. */
const namesOfService = (service: string, namespace: string): string[] => [
  service,
  `${service}.${namespace}`,
  `${service}.${namespace}.svc`,
  `${service}.${namespace}.svc.cluster.local`,
];

const etcdLeaves = (namespace: string): Leaf[] => {
  const discovery = namesOfService(components.etcdDiscovery, namespace).slice(2);
  const hosts = [
    ...namesOfService(components.etcdClient, namespace),
    ...discovery.flatMap((each) => [`*.${each}`, ...[0, 1, 2].map((ordinal) => `etcd-${ordinal}.${each}`)]),
    ...LOCAL,
  ];
  const of = { authority: 'etcd-signer', organizations: ['kubernetes'] } as const;
  return [
    { ...of, secret: 'etcd-client-tls', commonName: 'etcd-client', hosts: [], usage: 'client', keys: keysOf('etcd-client') },
    // etcd uses its serving certificate as a client of itself too, for the JSON gateway.
    { ...of, secret: 'etcd-server-tls', commonName: 'etcd-server', hosts, usage: 'both', keys: keysOf('server') },
    { ...of, secret: 'etcd-peer-tls', commonName: 'etcd-peer', hosts, usage: 'both', keys: keysOf('peer') },
  ];
};

const apiServerHosts = (plane: ControlPlane, outside: OutsideNames): string[] => [
  ...namesOfService(components.apiServer, plane.namespace),
  ...namesOfService('kubernetes', 'default'),
  ...LOCAL,
  ...plane.serviceNetworks.map((network) => addressAt(network, 1)),
  plane.advertiseAddress,
  `api.${plane.name}.hypershift.local`,
  ...(plane.dnsName === undefined ? [] : [plane.dnsName]),
  ...outside.apiServer,
];

const serving = (secret: string, service: string, namespace: string): Leaf => ({
  secret,
  authority: 'root-ca',
  commonName: service,
  hosts: [...namesOfService(service, namespace), ...LOCAL],
  usage: 'server',
  keys: TLS,
});

const client = (secret: string, authority: AuthorityName, commonName: string, ...organizations: string[]): Leaf => ({
  secret,
  authority,
  commonName,
  organizations,
  hosts: [],
  usage: 'client',
  keys: TLS,
});

const konnectivityLeaves = ({ namespace }: ControlPlane, outside: OutsideNames): Leaf[] => [
  {
    secret: 'konnectivity-cluster',
    authority: 'konnectivity-signer',
    commonName: 'konnectivity-server',
    hosts: [...namesOfService(components.konnectivity, namespace), ...outside.konnectivity],
    usage: 'server',
    keys: TLS,
  },
  client('konnectivity-agent', 'konnectivity-signer', 'konnectivity-agent'),
];

const SIGNER = 'kube-control-plane-signer';

/** Every certificate that this control plane needs. */
export const leavesOf = (plane: ControlPlane, outside: OutsideNames): Leaf[] => [
  ...(plane.etcd ? etcdLeaves(plane.namespace) : []),
  { ...serving('kas-server-crt', 'kube-apiserver', plane.namespace), hosts: [...new Set(apiServerHosts(plane, outside))] },
  client('kas-kubelet-client-crt', 'kube-apiserver-to-kubelet-signer', 'system:kube-apiserver', 'kubernetes'),
  client('kas-aggregator-crt', 'kas-aggregator-client-signer', 'system:openshift-aggregator'),
  client('kube-controller-manager-client', SIGNER, 'system:kube-controller-manager'),
  client('kube-scheduler-client', SIGNER, 'system:kube-scheduler'),
  client('node-bootstrapper-client', SIGNER, 'system:bootstrapper:godwit', 'system:bootstrappers'),
  client('system-admin-client', 'system-admin-signer', 'system:admin', 'system:masters'),
  serving('kcm-server', components.controllerManager, plane.namespace),
  serving('scheduler-server', components.scheduler, plane.namespace),
  ...konnectivityLeaves(plane, outside),
  ...(plane.localInfrastructure ? [serving('capi-webhooks-tls', 'capi-webhook-service', plane.namespace)] : []),
];
