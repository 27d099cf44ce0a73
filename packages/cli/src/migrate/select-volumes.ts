import type { MigPlan, PlanVolume, StorageClassOffer } from '@godwit/api';

/** The class that was named, else the chosen one; one that the target lacks, left over from an earlier call, gives way to the default. */
const classFor = (
  volume: PlanVolume,
  classes: ReadonlyMap<string, string>,
  offers: readonly StorageClassOffer[] | undefined,
): string | undefined => {
  const named = classes.get(volume.storageClass ?? '');
  const chosen = volume.selection.storageClass;
  if (named !== undefined || !chosen || offers === undefined || offers.some(({ name }) => name === chosen)) return named ?? chosen;
  return offers.find((offer) => offer.default === true)?.name ?? chosen;
};

/** Volumes with the choices of `godwit migrate`: every one is copied and compared, into the class that was named or suggested. */
export const selectVolumes = (
  volumes: readonly PlanVolume[],
  classes: ReadonlyMap<string, string>,
  offers?: readonly StorageClassOffer[],
): PlanVolume[] =>
  volumes.map((volume) => {
    const storageClass = classFor(volume, classes, offers);
    const copyMethod = volume.selection.copyMethod || 'filesystem';
    const selection = { ...volume.selection, action: 'copy', copyMethod, verify: true } as const;
    return { ...volume, selection: storageClass === undefined ? selection : { ...selection, storageClass } };
  });

/** Classes that are to be replaced by another though neither the source nor a volume has them: misspelt, most likely. */
export const unknownClasses = ({ spec, status }: Pick<MigPlan, 'spec' | 'status'>, classes: ReadonlyMap<string, string>): string[] => {
  const offered = (status?.srcStorageClasses ?? []).map(({ name }) => name);
  const known = new Set([...offered, ...(spec.persistentVolumes ?? []).map(({ storageClass }) => storageClass)]);
  return [...classes.keys()].filter((name) => !known.has(name));
};

/** A volume in one line, for people. */
export const volumeLine = ({ pvc, capacity, storageClass, selection }: PlanVolume): string =>
  `${pvc?.namespace}/${(pvc?.name ?? '').split(':')[0]}  ${capacity ?? ''}  ${storageClass || '<none>'} -> ${selection.storageClass || 'default class'}  ${selection.action} (${selection.copyMethod}${selection.verify ? ', every file compared' : ''})`;
