import type { ConfigMap, DirectVolumeMigration, DirectVolumeMigrationProgress, MigMigration, Pod } from '@godwit/api';
import type { Clock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { Find } from './find.ts';
import type { Ending } from './transfer/client-pods.ts';
import type { Difference } from './transfer/differences.ts';
import type { Following, Observed } from './transfer/follow.ts';
import type { RsyncOptions } from './transfer/options.ts';
import type { Address, TunnelProxy } from './transfer/tunnel.ts';

/** What a comparison of one volume found, by the UID of the pod that made it. */
export type Compared = { pvc: string; files: number | undefined; differences: readonly Difference[]; count: number };

/** What phases learn that the status is to show; lives as long as the work on one DirectVolumeMigration. */
export type Notes = {
  endpoint: string | undefined;
  compared: Map<string, Compared>;
  /** Namespaces of the target cluster whose server may not run as root. */
  withoutRoot: Set<string>;
  /** Progress by the UID of the client's pod. */
  observed: Observed;
  /** Clients whose log has told their end. */
  endings: Map<string, Ending>;
  /** UIDs of client pods whose closing totals have been read. */
  finished: Set<string>;
  /** Progress objects as they were last read or written, by name; undefined for one that is gone. */
  progress: Map<string, DirectVolumeMigrationProgress | undefined>;
};

/** One side of a copy. */
type Side = {
  client: Client;
  /** Reads an object, once per round when it is there. */
  find: Find;
  /** ConfigMap migration-cluster-config; undefined when the cluster has none. */
  config: Readonly<Record<string, string>>;
  /** Transfer pods of this DirectVolumeMigration, from a watch. */
  pods: () => readonly Pod[];
  image: string;
};

/** Everything a phase of a volume copy may touch. */
export type Scope = {
  clock: Clock;
  host: Client;
  source: Side;
  target: Side;
  /** Settings of the controllers: ConfigMap migration-controller on the host. */
  settings: Readonly<Record<string, string>>;
  options: RsyncOptions;
  /** Words of the options that were refused. */
  invalidOptions: readonly string[];
  proxy: TunnelProxy | undefined;
  owner: MigMigration | undefined;
  /** Volumes copied at a time. */
  concurrency: number;
  notes: Notes;
  /** Where the clients of each target namespace connect to, as far as this round has read it. */
  addresses: Map<string, Address>;
  /** What the names of tasks of this copy begin with. */
  taskPrefix: string;
};

/** Pods of a DirectVolumeMigration among all transfer pods of a cluster. */
export const podsOf = (pods: readonly Pod[], dvm: DirectVolumeMigration): Pod[] =>
  pods.filter(({ metadata }) => metadata.labels?.['directvolumemigration'] === dvm.metadata.uid);

/** The data of a ConfigMap; none when it is absent. */
export const dataOf = (map: ConfigMap | undefined): Readonly<Record<string, string>> => map?.data ?? {};

/** What following the logs of clients takes. */
export const followingOf = ({ source, clock, taskPrefix, notes }: Scope): Following => ({
  client: source.client,
  clock,
  taskPrefix,
  observed: notes.observed,
  endings: notes.endings,
});
