import { usesNewFilters, usesOldFilters } from '../select/backup-filter.ts';
import type { BackupSpec, BackupStorageLocation } from '../velero.ts';
import { listProblems, namespaceListProblems, scopedListProblems } from './validate-lists.ts';

const prefixed = (prefix: string, problems: readonly string[]): string[] => problems.map((problem) => `${prefix}: ${problem}`);

const locationProblems = (name: string, location: BackupStorageLocation | undefined): string[] => {
  if (!location)
    return [
      `an existing backup storage location wasn't specified at backup creation time and the default ${name} was not found. Please address this issue (see \`kubectl get backupstoragelocations\`) and create a new backup`,
    ];
  if (location.spec.accessMode === 'ReadOnly')
    return [`backup can't be created because backup storage location ${name} is currently in read-only mode`];
  return location.status?.phase === 'Unavailable'
    ? [
        `backup can't be created because BackupStorageLocation ${name} is in Unavailable status. please create a new backup after the BSL becomes available`,
      ]
    : [];
};

/** What this engine cannot do, so that it is said before instead of missed afterwards. */
const unsupported = (spec: BackupSpec): string[] => [
  ...(spec.resourcePolicy ? ['resourcePolicy is not supported by the embedded engine; remove it, or install Velero'] : []),
  ...((spec.hooks?.resources?.length ?? 0) > 0
    ? ['hooks are not supported by the embedded engine; remove spec.hooks, or install Velero']
    : []),
];

/** Everything that keeps a backup from running, in the words that clients of Velero know. */
export const validateBackup = (spec: BackupSpec, locationName: string, location: BackupStorageLocation | undefined): string[] => [
  ...locationProblems(locationName, location),
  ...(usesOldFilters(spec) && usesNewFilters(spec)
    ? [
        'include-resources, exclude-resources and include-cluster-resources are old filter parameters.\ninclude-cluster-scoped-resources, exclude-cluster-scoped-resources, include-namespace-scoped-resources and exclude-namespace-scoped-resources are new filter parameters.\nThey cannot be used together',
      ]
    : []),
  ...prefixed(
    'Invalid included/excluded resource lists',
    listProblems({ includes: spec.includedResources, excludes: spec.excludedResources }),
  ),
  ...prefixed(
    'Invalid cluster-scoped included/excluded resource lists',
    scopedListProblems({ includes: spec.includedClusterScopedResources, excludes: spec.excludedClusterScopedResources }),
  ),
  ...prefixed(
    'Invalid namespace-scoped included/excluded resource lists',
    scopedListProblems({ includes: spec.includedNamespaceScopedResources, excludes: spec.excludedNamespaceScopedResources }),
  ),
  ...prefixed(
    'Invalid included/excluded namespace lists',
    namespaceListProblems({ includes: spec.includedNamespaces, excludes: spec.excludedNamespaces }),
  ),
  ...(spec.labelSelector && (spec.orLabelSelectors?.length ?? 0) > 0
    ? ['encountered labelSelector as well as orLabelSelectors in backup spec, only one can be specified']
    : []),
  ...unsupported(spec),
];
