import { type Backup, carriedAnnotations, type PersistentVolume, type Restore, type UpgradeFinding } from '@godwit/api';
import { stringify } from 'yaml';

/** Codes of what is found at Backups and Restores that would lose the contents of volumes on the node's disks. */
export const volumeCodes = { backup: 'BackupLacksLogicalVolumes', restore: 'RestoreLacksLogicalVolumes' } as const;

const LOGICAL = 'logicalvolumes.topolvm.io';
const CLUSTER_SCOPED = ['persistentVolumes', 'volumesnapshotcontents', LOGICAL];

const isOfNode = ({ metadata }: PersistentVolume): boolean => metadata.annotations?.[carriedAnnotations.provisionedBy] === 'topolvm.io';

const namesLogical = (resources: readonly string[] | null | undefined): boolean =>
  (resources ?? []).some((each) => ['*', 'logicalvolumes', LOGICAL].includes(each.toLowerCase()));

const takesNamespace = ({ spec }: Backup, namespace: string): boolean => {
  const included = spec?.includedNamespaces ?? [];
  return (
    (included.length === 0 || included.includes('*') || included.includes(namespace)) &&
    !(spec?.excludedNamespaces ?? []).includes(namespace)
  );
};

const takesClaims = ({ spec }: Backup): boolean => {
  const named = [...(spec?.includedResources ?? []), ...(spec?.includedNamespaceScopedResources ?? [])].map((each) => each.toLowerCase());
  return named.length === 0 || named.some((each) => ['*', 'pvc', 'persistentvolumeclaim', 'persistentvolumeclaims'].includes(each));
};

const takesLogical = ({ spec }: Backup): boolean =>
  spec?.includeClusterResources === true || namesLogical(spec?.includedClusterScopedResources) || namesLogical(spec?.includedResources);

const mended = (backup: Backup): Backup => {
  const { includedResources, includedClusterScopedResources } = backup.spec ?? {};
  if (includedResources?.length) return { ...backup, spec: { ...backup.spec, includedResources: [...includedResources, LOGICAL] } };
  const resources = [...new Set([...(includedClusterScopedResources ?? []), ...CLUSTER_SCOPED])];
  return { ...backup, spec: { ...backup.spec, includedClusterScopedResources: resources } };
};

const restoresVolumes = ({ spec }: Restore): boolean => spec?.restorePVs === true && namesLogical(spec.restoreStatus?.includedResources);

const mendedRestore = (restore: Restore): Restore => ({
  ...restore,
  spec: { ...restore.spec, restorePVs: true, restoreStatus: { ...restore.spec?.restoreStatus, includedResources: ['logicalvolumes'] } },
});

const warning = (code: string, { kind, metadata }: Backup | Restore, message: string, better: object): UpgradeFinding => ({
  code,
  severity: 'Warning',
  object: `${kind} openshift-adp/${metadata.name}`,
  message,
  remediation: `Put this into the ConfigMap instead:\n${stringify(better)}`,
});

/**
 * Backups that take claims of volumes on the node's disks but not what attaches their contents again, and Restores that do not bring it back
 * each with what it should be. Pure.
 */
export const lintVolumes = (
  backups: readonly Backup[],
  restores: readonly Restore[],
  volumes: readonly PersistentVolume[],
): UpgradeFinding[] => {
  const namespaces = volumes.filter(isOfNode).flatMap(({ spec }) => spec?.claimRef?.namespace ?? []);
  const concerned = backups.filter((backup) => takesClaims(backup) && namespaces.some((each) => takesNamespace(backup, each)));
  const names = concerned.map(({ metadata }) => metadata.name);
  return [
    ...concerned
      .filter((backup) => !takesLogical(backup))
      .map((backup) =>
        warning(
          volumeCodes.backup,
          backup,
          `Backup ${backup.metadata.name} takes volumes of topolvm.io but not ${LOGICAL}: their contents would be lost`,
          mended(backup),
        ),
      ),
    ...restores
      .filter((restore) => names.includes(restore.spec?.backupName) && !restoresVolumes(restore))
      .map((restore) =>
        warning(
          volumeCodes.restore,
          restore,
          `Restore ${restore.metadata.name} does not bring volumes of topolvm.io back with their contents: restorePVs must be true, and restoreStatus.includedResources name logicalvolumes`,
          mendedRestore(restore),
        ),
      ),
  ];
};
