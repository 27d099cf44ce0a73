import { type DirectVolumeMigration, MigCluster, PersistentVolumeClaim } from '@godwit/api';
import { isTrue, type MtcClaim } from '@godwit/controller';
import { critical } from '../shared/claim.ts';
import type { World } from '../world.ts';
import type { Find } from './find.ts';
import { claimText, type VolumePair, volumePairs } from './volume-pair.ts';

/** One side as validation sees it. */
export type ClusterFacts = { name: string | undefined; cluster: MigCluster | undefined };

/** What the specification of a copy is judged by. */
export type ValidationFacts = {
  source: ClusterFacts;
  target: ClusterFacts;
  pairs: readonly VolumePair[];
  /** Source claims that do not exist; empty while the source cluster cannot be asked. */
  missing: readonly VolumePair[];
  /** Clusters, by role, for which no transfer image is known. */
  withoutImage: readonly string[];
};

/** Whether a MigCluster is ready. */
const isReady = (cluster: MigCluster | undefined): boolean => isTrue(cluster?.status?.conditions, 'Ready');

const clusterClaims = (
  { name, cluster }: ClusterFacts,
  { field, invalid, notReady }: { field: string; invalid: string; notReady: string },
): MtcClaim[] => {
  if (!name) return [critical(invalid, 'NotSet', `Set spec.${field} to the name of a MigCluster`)];
  if (cluster === undefined) return [critical(invalid, 'NotFound', `There is no MigCluster ${name}; correct spec.${field}`)];
  return isReady(cluster) ? [] : [critical(notReady, 'NotReady', `MigCluster ${name} is not ready; see its conditions`)];
};

const imageClaim = (withoutImage: readonly string[]): MtcClaim[] =>
  withoutImage.length === 0
    ? []
    : [
        critical(
          'TransferImageNotSet',
          'NotSet',
          `No image with rsync and stunnel is known for the ${withoutImage.join(' and ')} cluster. Build and push it with: npx godwit-dev image transfer --push REGISTRY/godwit/transfer:0.1.0; then name it in key RSYNC_TRANSFER_IMAGE of ConfigMap migration-cluster-config there`,
        ),
      ];

/** Judges the specification of a copy. */
export const validationClaims = ({ source, target, pairs, missing, withoutImage }: ValidationFacts): MtcClaim[] => [
  ...clusterClaims(source, { field: 'srcMigClusterRef', invalid: 'InvalidSourceClusterRef', notReady: 'SourceClusterNotReady' }),
  ...clusterClaims(target, { field: 'destMigClusterRef', invalid: 'InvalidDestinationClusterRef', notReady: 'DestinationClusterNotReady' }),
  ...(pairs.length === 0 ? [critical('InvalidPVCs', 'NotSet', 'Set spec.persistentVolumeClaims to the claims to copy')] : []),
  ...(missing.length === 0
    ? []
    : [
        critical(
          'PodsNotFoundOnSourceCluster',
          'NotFound',
          'The source cluster has no claims [].',
          missing.map((pair) => claimText(pair.source)),
        ),
      ]),
  ...imageClaim(withoutImage),
];

/** Reads the MigClusters that a copy names. */
export const readClusters = async (
  { cache, connections }: World,
  dvm: DirectVolumeMigration,
): Promise<{ source: ClusterFacts; target: ClusterFacts }> => {
  const read = async (reference: DirectVolumeMigration['spec']['srcMigClusterRef']): Promise<ClusterFacts> => {
    const { name, namespace = dvm.metadata.namespace ?? '' } = reference ?? {};
    return { name, cluster: name ? (await cache(connections.host, MigCluster, { namespace })).get({ name, namespace }) : undefined };
  };
  const [source, target] = await Promise.all([read(dvm.spec.srcMigClusterRef), read(dvm.spec.destMigClusterRef)]);
  return { source, target };
};

/** Source claims that do not exist. */
export const missingClaims = async (find: Find, dvm: DirectVolumeMigration): Promise<VolumePair[]> => {
  const pairs = volumePairs(dvm);
  const claims = await Promise.all(pairs.map((pair) => find(PersistentVolumeClaim, pair.source)));
  return pairs.filter((_, index) => claims[index] === undefined);
};
