import type { OwnerReference } from '@godwit/kube';

/** How one service of a control plane is published; a host name is what survives a move. */
export type Publishing =
  | { type: 'NodePort'; address: string; port?: number | undefined }
  | { type: 'LoadBalancer'; hostname?: string | undefined }
  | { type: 'None' };

/** A managed etcd. */
export type ManagedEtcd = {
  /** Kubernetes quantity; default 8Gi. */
  size: string;
  storageClass?: string | undefined;
  /** Snapshot to start from, https or s3. */
  restoreUrl?: string | undefined;
};

/** What of a HostedControlPlane the control plane is built from, with every default applied. */
export type ControlPlane = {
  namespace: string;
  name: string;
  owner: OwnerReference;
  infraId: string;
  issuerUrl: string;
  /** Three members of etcd and two of everything else, instead of one. */
  highlyAvailable: boolean;
  /** Undefined: etcd is somebody else's. */
  etcd: ManagedEtcd | undefined;
  serviceNetworks: readonly string[];
  clusterNetworks: readonly { cidr: string; hostPrefix?: number | undefined }[];
  allocateNodeCidrs: boolean;
  /** Where pods on workers find the API, an address of each node itself; default 172.20.0.1. */
  advertiseAddress: string;
  /** Port of the API server; default 6443. */
  port: number;
  apiServer: Publishing;
  konnectivity: Publishing;
  /** Who may reach a load-balanced API server; empty: everybody. */
  allowedCidrs: readonly string[];
  /** A further name in the serving certificate. */
  dnsName?: string | undefined;
  /** Names of the Secrets with the keys that encrypt Secrets in etcd; absent: they are stored as they are. */
  encryption?: { activeKey: string; backupKey?: string | undefined } | undefined;
  /** Whether Cluster API acts on machines of this host. */
  localInfrastructure: boolean;
  /** User and group of the control plane's processes. */
  userId: number;
  /** A change of it replaces all pods. */
  restartDate?: string | undefined;
  labels: Record<string, string>;
  nodeSelector: Record<string, string>;
  tolerations: readonly object[];
};
