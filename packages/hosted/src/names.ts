/** Names of the objects of hosted clusters; upstream's, so that documented commands find them. */

/** The namespace of a control plane's pods: `<namespace>-<name>`, dots of the name as dashes. */
export const controlPlaneNamespace = ({ namespace, name }: { namespace: string; name: string }): string =>
  `${namespace}-${name.replaceAll('.', '-')}`;

/** Characters that the name of a namespace may have. */
export const LONGEST_NAMESPACE = 63;

/** Secrets that appear beside a HostedCluster, in its own namespace. */
export const besideHostedCluster = (name: string) =>
  ({
    adminKubeconfig: `${name}-admin-kubeconfig`,
    customAdminKubeconfig: `${name}-custom-admin-kubeconfig`,
    kubeadminPassword: `${name}-kubeadmin-password`,
  }) as const;

/** Copies of what a HostedCluster refers to, under fixed names in the namespace of its control plane. */
export const copies = { pullSecret: 'pull-secret', sshKey: 'ssh-key', trustBundle: 'user-ca-bundle' } as const;

/** The workloads and Services of a control plane. */
export const components = {
  etcd: 'etcd',
  apiServer: 'kube-apiserver',
  controllerManager: 'kube-controller-manager',
  scheduler: 'kube-scheduler',
  clusterApi: 'cluster-api',
  etcdClient: 'etcd-client',
  etcdDiscovery: 'etcd-discovery',
  konnectivity: 'konnectivity-server',
  ignition: 'ignition-server',
} as const;

/** The one holder of `kube-apiserver`'s port inside the management cluster, and of etcd's. */
export const ports = { apiServer: 6443, etcdClient: 2379, etcdPeer: 2380, konnectivityAgent: 8132 } as const;

/** Where the operator lives and publishes `supported-versions`. */
export const OPERATOR_NAMESPACE = 'hypershift';
