import type { KubeObject } from '@godwit/kube';
import type { Archive, ArchiveItem } from '../archive/archive-reader.ts';
import { GR } from '../group-resource.ts';
import { NAMES } from '../names.ts';
import { matchesSelector } from '../select/label-selector.ts';
import type { RestoreFilter } from '../select/restore-filter.ts';
import type { LabelSelector } from '../velero.ts';
import { waveOf } from './waves.ts';

/** One item to restore; without `item` the archive holds nothing of it (a namespace that is only implied). */
export type PlanItem = { resource: string; namespace: string; name: string; wave: number; item?: ArchiveItem };

/** What of an archive is restored. */
export type Selection = { archive: Archive; filter: RestoreFilter; selectors: readonly LabelSelector[] | undefined };

const isExcluded = (object: KubeObject): boolean => object.metadata?.labels?.[NAMES.excludeFromBackup] === 'true';

const isSelected = async ({ archive, selectors }: Selection, item: ArchiveItem): Promise<boolean> => {
  if (!selectors) return true;
  const object = await archive.read(item).catch(() => undefined);
  if (object === undefined) return true; // its turn will report that it cannot be decoded
  return !isExcluded(object) && selectors.some((selector) => matchesSelector(selector, object.metadata?.labels));
};

type Claim = KubeObject & { spec?: { volumeName?: string } };

/** The names of the volumes that claims are bound to. */
export const volumesOf = async (archive: Archive, claims: readonly ArchiveItem[]): Promise<string[]> => {
  const names = new Set<string>();
  for (const item of claims) {
    const claim = (await archive.read(item).catch(() => undefined)) as Claim | undefined;
    if (claim?.spec?.volumeName) names.add(claim.spec.volumeName);
  }
  return [...names];
};

const planned = (item: ArchiveItem): PlanItem => ({
  resource: item.resource,
  namespace: item.namespace,
  name: item.name,
  wave: waveOf(item.resource),
  item,
});

const inOrder = (a: PlanItem, b: PlanItem): number => {
  const keys = (each: PlanItem) => [each.resource, each.namespace, each.name];
  const [left, right] = [keys(a).join('\0'), keys(b).join('\0')];
  return a.wave - b.wave || (left < right ? -1 : Number(left > right));
};

const namespaceItems = (archive: Archive, taken: readonly ArchiveItem[]): PlanItem[] => {
  const needed = new Set(taken.map(({ namespace }) => namespace).filter((name) => name !== ''));
  for (const { resource, name } of taken) if (resource === GR.namespaces) needed.delete(name);
  const stored = new Map(archive.items.filter(({ resource }) => resource === GR.namespaces).map((item) => [item.name, item]));
  return [...needed].map((name) => {
    const item = stored.get(name);
    return { resource: GR.namespaces, namespace: '', name, wave: waveOf(GR.namespaces), ...(item && { item }) };
  });
};

/** Chooses the items of a restore, in the order of their waves; the namespaces of chosen items and the volumes of chosen claims come along. */
export const planRestore = async (selection: Selection): Promise<PlanItem[]> => {
  const { archive, filter } = selection;
  const taken: ArchiveItem[] = [];
  for (const item of archive.items) if (filter.takes(item) && (await isSelected(selection, item))) taken.push(item);
  const volumes = new Set(
    await volumesOf(
      archive,
      taken.filter(({ resource }) => resource === GR.claims),
    ),
  );
  const already = new Set(taken);
  const related = archive.items.filter(
    (item) => item.resource === GR.volumes && volumes.has(item.name) && !already.has(item) && filter.admits(item),
  );
  const all = [...taken, ...related];
  return [...all.map(planned), ...namespaceItems(archive, all)].sort(inOrder);
};
