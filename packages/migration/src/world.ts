import type { Cache, Clock, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { ObjectStore, StoreAccess } from '@godwit/objectstore';

/** How to reach a cluster: what a MigCluster and its token secret say. */
export type ClusterAccess = { server: string; token: string; caBundle?: string; insecure: boolean };

/** Names a MigCluster (or any object of the host) by namespace and name. */
export type Reference = { namespace?: string | undefined; name?: string | undefined };

/** Connections to the clusters that MigClusters describe; kept open and renewed when address or credentials change. */
export type Connections = {
  /** The cluster that holds the Mig* objects. */
  readonly host: Client;
  /** The client of a MigCluster; throws when the MigCluster or its token is missing. */
  of(cluster: Reference): Promise<Client>;
};

/** Settings of the controllers, from the operator's flags and environment; upstream's names in application-migration 5.5. */
export type Settings = {
  /** Namespace of the Mig* objects and of the velero.io objects on every cluster. */
  namespace: string;
  /** Image with rsync and stunnel for transfer pods; undefined: looked up in ConfigMap migration-cluster-config, else a condition says how to get one. */
  transferImage: string | undefined;
  excludedResources: readonly string[];
  namespaceLimit: number;
  podLimit: number;
  volumeLimit: number;
  /** Storage classes whose volumes may be moved instead of copied. */
  moveStorageClasses: readonly string[];
};

/** Everything the migration controllers may touch. */
export type World = {
  clock: Clock;
  log: Log;
  cache: Cache;
  connections: Connections;
  settings: Settings;
  /** Opens the bucket or folder that a MigStorage describes; credentials are read from its secret. */
  openStore: (access: StoreAccess) => ObjectStore;
  /** Random lower-case letters and digits, for the suffixes that Kubernetes would choose. */
  randomName: (length: number) => string;
};
