import {
  labels,
  type MigPlan,
  type NamePair,
  namePair,
  PersistentVolumeClaim,
  type PlanVolume,
  type Pod,
  ResourceQuota,
} from '@godwit/api';
import type { Client } from '@godwit/kube';
import { namespacePairs } from '../../shared/namespace-pairs.ts';
import { type ExceededQuota, exceededBy, needsOf } from '../quota.ts';

const ENDED = ['Succeeded', 'Failed'];

const stillToMake = (volumes: readonly PlanVolume[], { source }: NamePair, made: readonly PersistentVolumeClaim[]): PlanVolume[] =>
  volumes.filter(
    ({ pvc }) => pvc?.namespace === source && !made.some(({ metadata }) => metadata.name === namePair(pvc?.name ?? '').target),
  );

/** Compares the quotas of the destination namespaces with what the plan still has to make there. Pods count only before the first migration. */
export const readExceeded = async (
  client: Client,
  plan: MigPlan,
  facts: { existing: readonly { name: string }[]; volumes: readonly PlanVolume[]; pods: readonly Pod[]; migrated: boolean },
): Promise<ExceededQuota[]> => {
  const pairs = namespacePairs(plan).filter(({ target }) => facts.existing.some(({ name }) => name === target));
  const found = await Promise.all(
    pairs.map(async (pair) => {
      const quotas = (await client.list(ResourceQuota, { namespace: pair.target })).items;
      if (quotas.length === 0) return [];
      const labelSelector = `${labels.migratedByMigPlan}=${plan.metadata.uid}`;
      const made = (await client.list(PersistentVolumeClaim, { namespace: pair.target, labelSelector })).items;
      const pods = facts.migrated
        ? []
        : facts.pods.filter(({ metadata, status }) => metadata.namespace === pair.source && !ENDED.includes(status?.phase ?? ''));
      const needs = needsOf(stillToMake(facts.volumes, pair, made), pods);
      return quotas.flatMap((quota) => exceededBy(needs, quota));
    }),
  );
  return found.flat();
};
