import type { MigCluster, MigHook, MigMigration, MigPlan, StorageClassOffer } from '@godwit/api';
import type { Settings } from '../world.ts';
import type { MigrationType } from './migration-type.ts';

/** Where a reference leads: nowhere because it is not set, to nothing, or to an object that is ready or not. */
export type Referred<T> = { state: 'not-set' } | { state: 'not-found' } | { state: 'found'; object: T; ready: boolean };

/** A pod of the source as far as checks ask. */
export type PodView = { namespace: string; name: string; nodeSelector: Record<string, string>; unhealthy: boolean; owner: string };

/** A claim of the source that is not bound to a volume. */
export type UnboundClaim = { namespace: string; name: string; phase: string; mounted: boolean };

/** A namespace with its annotations. */
export type NamespaceView = { name: string; annotations: Record<string, string> };

/** A kind that is used in a source namespace, is not served by the destination, and is not carried along by its CRD. */
export type IncompatibleKind = { namespace: string; group: string; version: string; kind: string; plural: string };

/** An object of a destination namespace that this plan has not made. `clash`: the source has one of the same kind and name with other content. */
export type ForeignObject = { namespace: string; kind: string; name: string; clash: boolean };

/** A KubeVirt installation: its version, how changes of machines are rolled out, and the feature gates that are open. */
export type KubeVirtView = { version: string; strategy: string; gates: readonly string[] };

/** What was read from a source cluster that is ready. */
export type SourceView = {
  existing: readonly NamespaceView[];
  pods: readonly PodView[];
  unboundClaims: readonly UnboundClaim[];
  storageClasses: readonly StorageClassOffer[];
  hasImageStreams: boolean;
  /** Read only for plans with liveMigrate. */
  kubeVirts: readonly KubeVirtView[];
  /** `group/kind` of every served resource. */
  servedKinds: ReadonlySet<string>;
  servesVelero: boolean;
};

/** What was read from a destination cluster that is ready. */
export type DestinationView = {
  existing: readonly NamespaceView[];
  foreign: readonly ForeignObject[];
  storageClasses: readonly StorageClassOffer[];
  servesVelero: boolean;
  clusterSubdomain: string | undefined;
};

/** Both clusters, once both are ready. `incompatible` is absent when the comparison was not due. */
export type BothClusters = {
  /** Whether both are one cluster, by the UID of kube-system. */
  same: boolean;
  source: SourceView;
  destination: DestinationView;
  incompatible: readonly IncompatibleKind[] | undefined;
};

/** Everything that the checks of a MigPlan judge. */
export type PlanFacts = {
  plan: MigPlan;
  settings: Settings;
  intraCluster: boolean;
  type: MigrationType;
  source: Referred<MigCluster>;
  destination: Referred<MigCluster>;
  storage: Referred<unknown>;
  hooks: readonly Referred<MigHook>[];
  /** Every other open plan. */
  others: readonly MigPlan[];
  /** Migrations of this plan, newest first. */
  migrations: readonly MigMigration[];
  /** Version of the operator beside the controllers. */
  hostOperatorVersion: string | undefined;
  /** Absent while a cluster is not ready, and while the plan is suspended: conditions about them then stay. */
  clusters: BothClusters | undefined;
};
