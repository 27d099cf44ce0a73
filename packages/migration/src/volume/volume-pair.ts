import type { DirectVolumeMigration } from '@godwit/api';
import { md5 } from './names.ts';

/** A claim by namespace and name. */
export type ClaimName = { namespace: string; name: string };

/** One volume to copy: where it comes from, where it goes, and how. */
export type VolumePair = {
  source: ClaimName;
  target: ClaimName;
  storageClass: string;
  accessModes: readonly string[];
  volumeMode: string | undefined;
  verify: boolean;
  /** Label value, and folder below `/mnt/<namespace>`, on the source. */
  sourceHash: string;
  /** Name of the rsync module, and folder below `/mnt/<namespace>`, on the target. */
  module: string;
};

/** The volumes of a DirectVolumeMigration, with upstream's defaults: same namespace and name on the target. */
export const volumePairs = (dvm: Pick<DirectVolumeMigration, 'spec'>): VolumePair[] =>
  (dvm.spec.persistentVolumeClaims ?? []).map((claim) => {
    const source = { namespace: claim.namespace ?? '', name: claim.name ?? '' };
    const target = { namespace: claim.targetNamespace || source.namespace, name: claim.targetName || source.name };
    return {
      source,
      target,
      storageClass: claim.targetStorageClass,
      accessModes: claim.targetAccessModes,
      volumeMode: claim.targetVolumeMode,
      verify: claim.verify === true,
      sourceHash: md5(source.name),
      module: md5(target.name),
    };
  });

/** `namespace/name` of a claim, for messages. */
export const claimText = ({ namespace, name }: ClaimName): string => `${namespace}/${name}`;

/** Groups volumes by source or target namespace, in order of first appearance. */
export const byNamespace = (pairs: readonly VolumePair[], side: 'source' | 'target'): [namespace: string, pairs: VolumePair[]][] => [
  ...Map.groupBy(pairs, (pair) => pair[side].namespace),
];
