import { labels, type MigPlan, PersistentVolumeClaim, type PlanVolume, type Pod, ResourceQuota } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { claimName } from '../../shared/claim-name.ts';
import { type NamespaceMapping, namespaceMappings } from '../../shared/namespace-mapping.ts';
import { type ExceededQuota, exceededBy, needsOf } from '../quota.ts';

const ENDED = ['Succeeded', 'Failed'];

const stillToMake = (volumes: readonly PlanVolume[], { source }: NamespaceMapping, made: readonly PersistentVolumeClaim[]): PlanVolume[] =>
  volumes.filter(
    ({ pvc }) => pvc?.namespace === source && !made.some(({ metadata }) => metadata.name === claimName(pvc?.name ?? '').target),
  );

/** Compares the quotas of the destination namespaces with what the plan still has to make there. Pods count only before the first migration. */
export const readExceeded = async (
  client: Client,
  plan: MigPlan,
  facts: { existing: readonly { name: string }[]; volumes: readonly PlanVolume[]; pods: readonly Pod[]; migrated: boolean },
): Promise<ExceededQuota[]> => {
  const mappings = namespaceMappings(plan).filter(({ destination }) => facts.existing.some(({ name }) => name === destination));
  const found = await Promise.all(
    mappings.map(async (mapping) => {
      const quotas = (await client.list(ResourceQuota, { namespace: mapping.destination })).items;
      if (quotas.length === 0) return [];
      const labelSelector = `${labels.migratedByMigPlan}=${plan.metadata.uid}`;
      const made = (await client.list(PersistentVolumeClaim, { namespace: mapping.destination, labelSelector })).items;
      const pods = facts.migrated
        ? []
        : facts.pods.filter(({ metadata, status }) => metadata.namespace === mapping.source && !ENDED.includes(status?.phase ?? ''));
      const needs = needsOf(stillToMake(facts.volumes, mapping, made), pods);
      return quotas.flatMap((quota) => exceededBy(needs, quota));
    }),
  );
  return found.flat();
};
