import type { Client, KubeObject, Resource } from '@godwit/kube';
import type { Archive } from '../archive/archive-reader.ts';
import type { VolumeInfo } from '../archive/volume-info.ts';
import { GR } from '../group-resource.ts';
import { inParallel } from '../in-parallel.ts';
import { type PlanItem, volumesOf } from '../restore/plan.ts';
import { volumeFate } from '../restore/volume-fates.ts';

const VOLUMES: Resource = { group: '', version: 'v1', kind: 'PersistentVolume', plural: 'persistentvolumes', scope: 'Cluster' };
const WIDTH = 16;

/** Decides for every volume of a plan whether it is restored or provisioned anew. */
export const volumeFatesOf = async (
  client: Client,
  archive: Archive,
  plan: readonly PlanItem[],
  infos: readonly VolumeInfo[],
): Promise<(name: string) => 'restore' | 'provision'> => {
  const itemsOf = (gr: string) => plan.flatMap(({ resource, item }) => (resource === gr && item ? [item] : []));
  const stored = new Map<string, KubeObject>();
  for (const item of archive.items.filter(({ resource }) => resource === GR.volumes)) {
    const volume = await archive.read(item).catch(() => undefined);
    if (volume) stored.set(item.name, volume);
  }
  const names = [...new Set([...itemsOf(GR.volumes).map(({ name }) => name), ...(await volumesOf(archive, itemsOf(GR.claims)))])];
  const fates = await inParallel(names, WIDTH, async (name) => {
    const volume = stored.get(name);
    const onTarget = volume === undefined && (await client.get(VOLUMES, { name })) !== undefined;
    return [name, volumeFate({ info: infos.find(({ pvName }) => pvName === name), volume, onTarget })] as const;
  });
  const map = new Map(fates);
  return (name) => map.get(name) ?? 'restore';
};
