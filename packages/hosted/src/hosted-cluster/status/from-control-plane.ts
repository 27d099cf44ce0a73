import type { StandardClaim, StandardCondition } from '@godwit/controller';

const COPIED = [
  'InfrastructureReady',
  'KubeAPIServerAvailable',
  'EtcdAvailable',
  'ValidHostedControlPlaneConfiguration',
  'ExternalDNSReachable',
  'ValidReleaseInfo',
  'IgnitionServerValidReleaseInfo',
  'Degraded',
  'DataPlaneConnectionAvailable',
  'ControlPlaneConnectionAvailable',
] as const;

/** Conditions that a HostedCluster has only while its control plane has them. */
const COPIED_WHEN_THERE = [
  'EtcdSnapshotRestored',
  'EtcdRecoveryActive',
  'EtcdBackupSucceeded',
  'EtcdDataEncryptionUpToDate',
  'CloudResourcesDestroyed',
  'ConfigOperatorReconciliationSucceeded',
  'ValidProxyConfiguration',
  'ValidIDPConfiguration',
  'PlatformCredentialsFound',
  'ClusterVersionRetrievedUpdates',
] as const;

const FROM_CLUSTER_VERSION = [
  'ClusterVersionFailing',
  'ClusterVersionProgressing',
  'ClusterVersionReleaseAccepted',
  'ClusterVersionUpgradeable',
  'ClusterVersionAvailable',
] as const;

/** Conditions of the control plane; undefined when there is none. */
export type Conditions = readonly StandardCondition[] | undefined;

const find = (conditions: Conditions, type: string): StandardClaim | undefined => {
  const found = conditions?.find((each) => each.type === type);
  return found && { type, status: found.status, reason: found.reason, message: found.message };
};

const unknown = (type: string, message: string): StandardClaim => ({ type, status: 'Unknown', reason: 'StatusUnknown', message });

const INVERSE = { True: 'False', False: 'True', Unknown: 'Unknown' } as const;

/** Succeeding is the inverse of Failing, so that True is good news in every condition. */
const succeeding = (failing: StandardClaim): StandardClaim => ({
  ...failing,
  type: 'ClusterVersionSucceeding',
  status: INVERSE[failing.status],
});

const fromClusterVersion = (conditions: Conditions): StandardClaim[] =>
  FROM_CLUSTER_VERSION.map((type) => {
    const missing = conditions === undefined ? 'Hosted Control Plane not found.' : 'Condition not found in the CVO.';
    const claim = find(conditions, type) ?? unknown(type, missing);
    return type === 'ClusterVersionFailing' ? succeeding(claim) : claim;
  });

/** What a HostedCluster says of its control plane, in the control plane's own words. Pure. */
export const fromControlPlane = (conditions: Conditions, { unmanagedEtcd }: { unmanagedEtcd: boolean }): StandardClaim[] => {
  const missing = conditions === undefined ? 'The hosted control plane is not found' : 'Condition not found in the HCP';
  const wanted = unmanagedEtcd ? [...COPIED, 'UnmanagedEtcdAvailable'] : COPIED;
  return [
    ...wanted.map((type) => find(conditions, type) ?? unknown(type, missing)),
    ...COPIED_WHEN_THERE.flatMap((type) => find(conditions, type) ?? []).filter(
      ({ type, status }) => type !== 'ClusterVersionRetrievedUpdates' || status !== 'Unknown',
    ),
    ...fromClusterVersion(conditions),
  ];
};

/** Condition Available: the control plane's own, and False while there is none (T25). Pure. */
export const available = (conditions: Conditions): StandardClaim => {
  const found = find(conditions, 'Available');
  const type = 'Available';
  if (found === undefined)
    return { type, status: 'False', reason: 'WaitingForAvailable', message: 'Waiting for hosted control plane to be healthy' };
  return found.status === 'True' ? { ...found, reason: 'AsExpected', message: 'The hosted control plane is available' } : found;
};
