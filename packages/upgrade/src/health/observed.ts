import type { BackupStorageLocation, Node } from '@godwit/api';
import type { KubeObject } from '@godwit/kube';

type Conditioned = { conditions?: { type: string; status: string; reason?: string; message?: string }[] };

/** A component of the cluster's platform. */
export type ClusterOperator = KubeObject & { status?: Conditioned };
/** Machines that share a configuration. */
export type MachineConfigPool = KubeObject & { status?: { machineCount?: number; readyMachineCount?: number } };
/** The network cards of a node. */
export type SriovNetworkNodeState = KubeObject & { status?: { syncStatus?: string } };
/** The settings of backups. */
export type DataProtectionApplication = KubeObject & { status?: Conditioned };
/** What kind of machine park a cluster runs on. */
export type Infrastructure = KubeObject & { status?: { controlPlaneTopology?: string } };
/** An installed operator. */
export type ClusterServiceVersion = KubeObject & { status?: { phase?: string; reason?: string } };
/** A request for a certificate. */
export type CertificateSigningRequest = KubeObject & { status?: Conditioned };

/** What the health of a cluster is judged by; undefined: the cluster does not serve that API. */
export type Observed = {
  readonly clusterOperators: readonly ClusterOperator[] | undefined;
  readonly machineConfigPools: readonly MachineConfigPool[] | undefined;
  readonly sriovNodeStates: readonly SriovNetworkNodeState[] | undefined;
  readonly dataProtectionApplications: readonly DataProtectionApplication[] | undefined;
  readonly backupStorageLocations: readonly BackupStorageLocation[] | undefined;
  readonly infrastructures: readonly Infrastructure[] | undefined;
  readonly nodes: readonly Node[];
  readonly clusterServiceVersions: readonly ClusterServiceVersion[] | undefined;
  readonly certificateSigningRequests: readonly CertificateSigningRequest[] | undefined;
  readonly now: Date;
};

/** The status of a condition. */
export const statusOf = (object: { status?: Conditioned }, type: string): string | undefined =>
  object.status?.conditions?.find((each) => each.type === type)?.status;

/** The name of an object. */
export const nameIn = ({ metadata }: KubeObject): string => metadata.name ?? '';
