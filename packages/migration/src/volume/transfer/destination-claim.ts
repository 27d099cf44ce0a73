import { type DirectVolumeMigration, labels, type PersistentVolumeClaim } from '@godwit/api';
import { transferLabels } from '../names.ts';
import type { VolumePair } from '../volume-pair.ts';

/** The run that a DirectVolumeMigration belongs to; absent when it stands alone. */
export type Owner = { migrationUid: string; planUid: string | undefined };

const ownerLabels = (dvm: DirectVolumeMigration, owner: Owner | undefined): Record<string, string> =>
  owner === undefined
    ? { [labels.migratedByDirectVolumeMigration]: dvm.metadata.uid ?? '' }
    : {
        [labels.migratedByMigMigration]: owner.migrationUid,
        ...(owner.planUid === undefined ? {} : { [labels.migratedByMigPlan]: owner.planUid }),
      };

// What clean-up selects by must not be on a claim: the claim stays.
const correlation = (dvm: DirectVolumeMigration): Record<string, string> => {
  const { app, owner, [labels.migratedByDirectVolumeMigration]: uid, ...rest } = transferLabels(dvm);
  return rest;
};

/** The claim that the volume is copied into: the source's request, with the class, modes, name and namespace that were chosen. */
export const destinationClaim = (
  dvm: DirectVolumeMigration,
  pair: VolumePair,
  source: PersistentVolumeClaim,
  owner: Owner | undefined,
): PersistentVolumeClaim => {
  const { volumeName, dataSource, dataSourceRef, storageClassName, accessModes, volumeMode, ...kept } = source.spec ?? {};
  const mode = pair.volumeMode || volumeMode;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...pair.target,
      labels: { ...source.metadata.labels, ...correlation(dvm), ...ownerLabels(dvm, owner) },
    },
    spec: {
      ...kept,
      accessModes: [...(pair.accessModes.length > 0 ? pair.accessModes : (accessModes ?? []))],
      ...(pair.storageClass === '' ? {} : { storageClassName: pair.storageClass }),
      ...(mode === undefined ? {} : { volumeMode: mode }),
    },
  };
};
