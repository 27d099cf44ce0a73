import type { PlanVolume } from '@godwit/api';

const selected = (volume: PlanVolume, classes: ReadonlyMap<string, string>): PlanVolume => {
  const storageClass = classes.get(volume.storageClass ?? '') ?? volume.selection.storageClass;
  const copyMethod = volume.selection.copyMethod || 'filesystem';
  return {
    ...volume,
    selection: { ...volume.selection, action: 'copy', copyMethod, verify: true, ...(storageClass === undefined ? {} : { storageClass }) },
  };
};

/** Volumes with the choices of `godwit migrate`: every one is copied and compared, into the class that was named or suggested. */
export const selectVolumes = (volumes: readonly PlanVolume[], classes: ReadonlyMap<string, string>): PlanVolume[] =>
  volumes.map((volume) => selected(volume, classes));

/** A volume in one line, for people. */
export const volumeLine = ({ pvc, capacity, storageClass, selection }: PlanVolume): string =>
  `${pvc?.namespace}/${(pvc?.name ?? '').split(':')[0]}  ${capacity ?? ''}  ${storageClass || '<none>'} -> ${selection.storageClass || 'default class'}  ${selection.action} (${selection.copyMethod}${selection.verify ? ', every file compared' : ''})`;
