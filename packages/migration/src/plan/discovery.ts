import type { MigPlan, PlanVolume } from '@godwit/api';
import type { SelectionFacts } from './checks/selections.ts';
import { discoverVolumes } from './discover-volumes.ts';
import { readClaimsInUse } from './gather/claims-in-use.ts';
import type { ClustersReading } from './gather/clusters.ts';
import type { PlanReading } from './gather/facts.ts';
import { readExceeded } from './gather/quotas.ts';
import type { MigrationType } from './migration-type.ts';

/** What discovery found, and the facts for the checks of the selections. */
export type Discovery = { volumes: readonly PlanVolume[]; facts: SelectionFacts };

/** Finds the volumes of a plan and what the destination has room for. */
export const discover = async (
  plan: MigPlan,
  reading: PlanReading & { clusters: ClustersReading },
  type: MigrationType,
  suffix: string,
): Promise<Discovery> => {
  const { clusters, facts } = reading;
  const { settings } = facts;
  const claims = await readClaimsInUse(clusters.clients.source, clusters.reading.claims, clusters.reading.pods);
  const found = discoverVolumes({
    claims,
    previous: plan.spec.persistentVolumes ?? [],
    planUid: plan.metadata.uid ?? '',
    suffix,
    conversion: type === 'StorageConversionPlan',
    intraCluster: facts.intraCluster,
    excludedResources: settings.excludedResources,
    moveStorageClasses: settings.moveStorageClasses,
    sourceClasses: clusters.source.storageClasses,
    destinationClasses: clusters.destination.storageClasses,
  });
  const quotaFacts = {
    existing: clusters.same ? [] : clusters.destination.existing,
    volumes: found.volumes,
    pods: clusters.reading.pods,
    migrated: facts.migrations.length > 0,
  };
  return {
    volumes: found.volumes,
    facts: {
      volumes: found.volumes,
      sourceClasses: clusters.source.storageClasses,
      destinationClasses: clusters.destination.storageClasses,
      type,
      volumeLimit: settings.volumeLimit,
      withoutCeph: found.withoutCeph,
      exceeded: await readExceeded(clusters.clients.destination, plan, quotaFacts),
    },
  };
};
