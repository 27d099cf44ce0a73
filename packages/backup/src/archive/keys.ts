/** The keys of a backup in its store. */
export const backupKeys = (name: string) => {
  const folder = `backups/${name}/`;
  const file = (suffix: string) => `${folder}${name}${suffix}`;
  return {
    folder,
    metadata: `${folder}velero-backup.json`,
    contents: file('.tar.gz'),
    log: file('-logs.gz'),
    podVolumeBackups: file('-podvolumebackups.json.gz'),
    volumeSnapshots: file('-volumesnapshots.json.gz'),
    itemOperations: file('-itemoperations.json.gz'),
    resourceList: file('-resource-list.json.gz'),
    results: file('-results.gz'),
    volumeInfo: file('-volumeinfo.json.gz'),
    manifest: file('-godwit-manifest.json.gz'),
  } as const;
};

/** The keys of a restore in the store of its backup. */
export const restoreKeys = (name: string) => {
  const folder = `restores/${name}/`;
  return {
    folder,
    log: `${folder}restore-${name}-logs.gz`,
    results: `${folder}restore-${name}-results.gz`,
    resourceList: `${folder}restore-${name}-resource-list.json.gz`,
    itemOperations: `${folder}restore-${name}-itemoperations.json.gz`,
    volumeInfo: `${folder}${name}-volumeinfo.json.gz`,
    outcomes: `${folder}${name}-godwit-outcomes.json.gz`,
    inventory: `${folder}${name}-godwit-inventory.json.gz`,
  } as const;
};
