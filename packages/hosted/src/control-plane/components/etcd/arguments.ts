import { INITIAL_CLUSTER_TOKEN, initialCluster } from '../../../etcd/names.ts';
import { components, ports } from '../../../names.ts';
import type { ControlPlane } from '../../control-plane.ts';

/** Where etcd tells its health and metrics, without TLS and without keys or values. */
export const ETCD_HEALTH_PORT = 2381;

/** Where the containers of an etcd pod find certificates; documented commands name these folders. */
export const TLS_FOLDER = '/etc/etcd/tls';

/** Members of a control plane's etcd. */
export const membersOf = ({ highlyAvailable }: ControlPlane): number => (highlyAvailable ? 3 : 1);

/** Eight GiB: as much as etcd is meant for. */
const QUOTA_BYTES = 8 * 1024 ** 3;

const tls = (kind: 'server' | 'peer', prefix: '' | 'peer-'): string[] => [
  `--${prefix}cert-file=${TLS_FOLDER}/${kind}/${kind}.crt`,
  `--${prefix}key-file=${TLS_FOLDER}/${kind}/${kind}.key`,
  `--${prefix}trusted-ca-file=${TLS_FOLDER}/etcd-ca/ca.crt`,
  `--${prefix}client-cert-auth=true`,
];

/** Arguments of etcd; `$(MEMBER)` is the pod's name. */
export const etcdArguments = (plane: ControlPlane): string[] => {
  const { namespace } = plane;
  return [
    '--name=$(MEMBER)',
    '--data-dir=/var/lib/data',
    `--listen-client-urls=https://0.0.0.0:${ports.etcdClient}`,
    `--advertise-client-urls=https://$(MEMBER).${components.etcdDiscovery}.${namespace}.svc:${ports.etcdClient}`,
    `--listen-peer-urls=https://0.0.0.0:${ports.etcdPeer}`,
    `--initial-advertise-peer-urls=https://$(MEMBER).${components.etcdDiscovery}.${namespace}.svc:${ports.etcdPeer}`,
    `--initial-cluster=${initialCluster({ namespace, replicas: membersOf(plane) })}`,
    `--initial-cluster-token=${INITIAL_CLUSTER_TOKEN}`,
    `--listen-metrics-urls=http://0.0.0.0:${ETCD_HEALTH_PORT}`,
    ...tls('server', ''),
    ...tls('peer', 'peer-'),
    // Peers are known by the common name that only their certificate has. Their addresses change with every pod.
    '--peer-cert-allowed-cn=etcd-peer',
    '--peer-skip-client-san-verification=true',
    `--quota-backend-bytes=${QUOTA_BYTES}`,
    '--snapshot-count=10000',
    '--logger=zap',
    '--log-level=info',
  ];
};
