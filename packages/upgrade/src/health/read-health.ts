import { BackupStorageLocation, Node, OADP_NAMESPACE } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type ListOptions, type Resource, resource } from '@godwit/kube';
import type {
  CertificateSigningRequest,
  ClusterOperator,
  ClusterServiceVersion,
  DataProtectionApplication,
  Infrastructure,
  MachineConfigPool,
  Observed,
  SriovNetworkNodeState,
} from './observed.ts';

const ClusterOperators = resource<ClusterOperator>('config.openshift.io/v1', 'ClusterOperator', 'clusteroperators', 'Cluster');
const Infrastructures = resource<Infrastructure>('config.openshift.io/v1', 'Infrastructure', 'infrastructures', 'Cluster');
const Pools = resource<MachineConfigPool>('machineconfiguration.openshift.io/v1', 'MachineConfigPool', 'machineconfigpools', 'Cluster');
const SriovStates = resource<SriovNetworkNodeState>('sriovnetwork.openshift.io/v1', 'SriovNetworkNodeState', 'sriovnetworknodestates');
const Protections = resource<DataProtectionApplication>(
  'oadp.openshift.io/v1alpha1',
  'DataProtectionApplication',
  'dataprotectionapplications',
);
const Versions = resource<ClusterServiceVersion>('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', 'clusterserviceversions');
const Requests = resource<CertificateSigningRequest>(
  'certificates.k8s.io/v1',
  'CertificateSigningRequest',
  'certificatesigningrequests',
  'Cluster',
);

/** All objects of a kind; undefined where the kind is not served. */
const listed = async <T extends KubeObject>(
  cluster: Client,
  kind: Resource<T>,
  options?: ListOptions,
): Promise<readonly T[] | undefined> => {
  try {
    return (await cluster.list(kind, options)).items;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined;
    throw error;
  }
};

/** Reads everything by which the health of a cluster is judged. */
export const readHealth = async (cluster: Client, now: Date): Promise<Observed> => {
  const inOadp = { namespace: OADP_NAMESPACE };
  const [clusterOperators, machineConfigPools, sriovNodeStates, dataProtectionApplications, backupStorageLocations] = await Promise.all([
    listed(cluster, ClusterOperators),
    listed(cluster, Pools),
    listed(cluster, SriovStates),
    listed(cluster, Protections, inOadp),
    listed(cluster, BackupStorageLocation, inOadp),
  ]);
  const [infrastructures, nodes = [], clusterServiceVersions, certificateSigningRequests] = await Promise.all([
    listed(cluster, Infrastructures),
    listed(cluster, Node),
    listed(cluster, Versions),
    listed(cluster, Requests),
  ]);
  return {
    clusterOperators,
    machineConfigPools,
    sriovNodeStates,
    dataProtectionApplications,
    backupStorageLocations,
    infrastructures,
    nodes,
    clusterServiceVersions,
    certificateSigningRequests,
    now,
  };
};
