import type { ClaimToMigrate, DirectVolumeMigration } from '../migration/direct-volume-migration.ts';

const ATTEMPTS = 20;

/** A claim of a direct volume migration, with upstream's defaults filled in: names and modes stay unless told otherwise. */
export const readClaimToMigrate = (claim: ClaimToMigrate) => ({
  source: { namespace: claim.namespace ?? '', name: claim.name ?? '' },
  target: { namespace: claim.targetNamespace || claim.namespace || '', name: claim.targetName || claim.name || '' },
  /** Empty: the default of the target cluster. */
  storageClass: claim.targetStorageClass,
  accessModes: claim.targetAccessModes,
  volumeMode: claim.targetVolumeMode,
  verify: claim.verify ?? false,
});

/** What a DirectVolumeMigration says, with upstream's defaults filled in: 20 attempts per volume, nothing created, nothing removed. */
export const readDirectVolumeMigration = ({ spec }: DirectVolumeMigration) => ({
  source: spec.srcMigClusterRef,
  target: spec.destMigClusterRef,
  attempts: (spec.backOffLimit ?? 0) > 0 ? (spec.backOffLimit ?? ATTEMPTS) : ATTEMPTS,
  claims: (spec.persistentVolumeClaims ?? []).map(readClaimToMigrate),
  createDestinationNamespaces: spec.createDestinationNamespaces ?? false,
  deleteProgressReportingCRs: spec.deleteProgressReportingCRs ?? false,
  liveMigrate: spec.liveMigrate ?? false,
  migrationType: spec.migrationType ?? 'CutOver',
});
