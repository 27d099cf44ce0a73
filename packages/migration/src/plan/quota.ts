import type { PlanVolume, Pod, ResourceQuota } from '@godwit/api';
import { bytesText, quantityOf } from '../shared/quantity.ts';

/** A hard limit of a destination namespace that the plan would exceed; quantities as users write them. */
export type ExceededQuota = { namespace: string; quota: string; resource: string; needed: string; left: string };

/** How much of each resource of a ResourceQuota the migrated objects of a namespace need, in base units. */
export type Needs = ReadonlyMap<string, number>;

type Item = [resource: string, amount: number];

const summed = (items: readonly Item[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const [resource, amount] of items) sums.set(resource, (sums.get(resource) ?? 0) + amount);
  return sums;
};

const volumeItems = ({ capacity, selection }: PlanVolume): Item[] => {
  const bytes = quantityOf(capacity);
  const ofClass = selection.storageClass ? `${selection.storageClass}.storageclass.storage.k8s.io/` : undefined;
  return [
    ['requests.storage', bytes],
    ['persistentvolumeclaims', 1],
    ['count/persistentvolumeclaims', 1],
    ...(ofClass === undefined
      ? []
      : ([
          [`${ofClass}requests.storage`, bytes],
          [`${ofClass}persistentvolumeclaims`, 1],
        ] satisfies Item[])),
  ];
};

const podItems = ({ spec }: Pod): Item[] => {
  const wanted = (spec?.containers ?? []).flatMap(({ resources }): Item[] => {
    const { cpu = 0, memory = 0 } = resources?.requests ?? {};
    const limits = resources?.limits ?? {};
    return [
      ...['cpu', 'requests.cpu'].map((name): Item => [name, quantityOf(cpu)]),
      ...['memory', 'requests.memory'].map((name): Item => [name, quantityOf(memory)]),
      ['limits.cpu', quantityOf(limits.cpu)],
      ['limits.memory', quantityOf(limits.memory)],
    ];
  });
  return [['pods', 1], ['count/pods', 1], ...wanted];
};

/** What volumes to copy and pods to start need of the quotas of their namespace. */
export const needsOf = (volumes: readonly PlanVolume[], pods: readonly Pod[]): Needs =>
  summed([...volumes.filter(({ selection }) => selection.action === 'copy').flatMap(volumeItems), ...pods.flatMap(podItems)]);

const inUnits = (resource: string, amount: number): string =>
  /memory|storage$/.test(resource) ? bytesText(amount) : String(Math.round(amount * 1000) / 1000);

/** The limits of a quota that are too small for these needs. */
export const exceededBy = (needs: Needs, quota: ResourceQuota): ExceededQuota[] =>
  Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {}).flatMap(([resource, hard]) => {
    const needed = needs.get(resource) ?? 0;
    const left = quantityOf(hard) - quantityOf(quota.status?.used?.[resource]);
    if (needed === 0 || needed <= left) return [];
    return [
      {
        namespace: quota.metadata.namespace ?? '',
        quota: quota.metadata.name ?? '',
        resource,
        needed: inUnits(resource, needed),
        left: inUnits(resource, Math.max(0, left)),
      },
    ];
  });
