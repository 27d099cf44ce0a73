import { join } from 'node:path';

/** First address of the service range: `kubernetes.default`. The same in every cluster, which is harmless, since no range is routed between them. */
export const SERVICE_RANGE = '10.96.0.0/16';

/** How an API server is reached and what it can rely on. */
export type ApiServerSettings = {
  pki: string;
  etcd: string;
  /** Keys below this prefix are its own; two servers with two prefixes share an etcd without seeing each other. */
  etcdPrefix: string;
  bindAddress: string;
  port: number;
  /** The node's address; absent without nodes. */
  advertiseAddress?: string | undefined;
  /** Whether a controller-manager runs, which alone makes the service accounts that pods need. */
  controllers: boolean;
};

const reachable = (address: string | undefined): string[] =>
  address ? [`--advertise-address=${address}`] : ['--advertise-address=127.0.0.1', '--endpoint-reconciler-type=none'];

/** Arguments of kube-apiserver. */
export const apiServerArguments = ({
  pki,
  etcd,
  etcdPrefix,
  bindAddress,
  port,
  advertiseAddress,
  controllers,
}: ApiServerSettings): string[] => [
  `--etcd-servers=${etcd}`,
  `--etcd-prefix=${etcdPrefix}`,
  `--bind-address=${bindAddress}`,
  `--secure-port=${port}`,
  ...reachable(advertiseAddress),
  `--service-cluster-ip-range=${SERVICE_RANGE}`,
  '--authorization-mode=Node,RBAC',
  '--allow-privileged=true',
  '--profiling=false',
  `--client-ca-file=${join(pki, 'ca.crt')}`,
  `--tls-cert-file=${join(pki, 'apiserver.crt')}`,
  `--tls-private-key-file=${join(pki, 'apiserver.key')}`,
  `--kubelet-client-certificate=${join(pki, 'admin.crt')}`,
  `--kubelet-client-key=${join(pki, 'admin.key')}`,
  `--kubelet-certificate-authority=${join(pki, 'ca.crt')}`,
  '--kubelet-preferred-address-types=InternalIP',
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-key-file=${join(pki, 'sa.pub')}`,
  `--service-account-signing-key-file=${join(pki, 'sa.key')}`,
  `--enable-admission-plugins=NodeRestriction`,
  ...(controllers ? [] : ['--disable-admission-plugins=ServiceAccount']),
];

/** Names and addresses that the server's certificate must hold. */
export const apiServerNames = (addresses: readonly string[]): string[] => [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  'kubernetes.default.svc.cluster.local',
  'localhost',
  '127.0.0.1',
  '10.96.0.1',
  ...addresses,
];
