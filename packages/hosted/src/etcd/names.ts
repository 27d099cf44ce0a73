import { components, ports } from '../names.ts';

/** Token of every new etcd cluster, as upstream's; members with another token do not find together. */
export const INITIAL_CLUSTER_TOKEN = 'etcd-cluster';

/** Where snapshots are written: an emptyDir of the etcd pods, never the data volume. */
export const BACKUP_FOLDER = '/var/lib/backup';

/** The Secret that holds the presigned URL of a restore while it is pending. */
export const RESTORE_URL_SECRET = 'etcd-restore-url';

/** Where kube-apiserver keeps objects in etcd; its default, which Godwit uses. */
export const ETCD_PREFIX = '/registry';

type Plane = { namespace: string; replicas: number };

/** Names of the members, which are those of the StatefulSet's pods. */
export const memberNames = (replicas: number): string[] => Array.from({ length: replicas }, (_none, at) => `${components.etcd}-${at}`);

/** Where the other members reach a member. */
export const peerUrl = ({ namespace, name }: { namespace: string; name: string }): string =>
  `https://${name}.${components.etcdDiscovery}.${namespace}.svc:${ports.etcdPeer}`;

/** The members of a new cluster, as etcd's `--initial-cluster` wants them. */
export const initialCluster = ({ namespace, replicas }: Plane): string =>
  memberNames(replicas)
    .map((name) => `${name}=${peerUrl({ namespace, name })}`)
    .join(',');
