/** Files of the agent, below the host's `/` or below a stateroot. */
export const agentFiles = {
  folder: '/var/lib/lca',
  workspace: '/var/lib/lca/workspace',
  /** The ImageBasedUpgrade that is carried across a reboot. */
  carried: '/var/lib/lca/ibu.json',
  /** The boot in which that file was written. */
  carriedIn: '/var/lib/lca/ibu.json.boot',
  /** The ImageBasedUpgrade as it was last seen while something goes on, so that deleting it undoes nothing. */
  mirror: '/var/lib/lca/ibu-live.json',
  /** The deployment that was left at the pivot, for rollbacks of the release that came. */
  left: '/var/lib/lca/left-deployment.json',
  /** Who this cluster is, where it does not say so itself; goes along into the new stateroot. */
  clusterId: '/var/lib/lca/cluster-id',
  /** Restores whose results are to be kept while their backups are deleted. */
  restoreRecords: '/var/lib/lca/restore-records.json',
  /** What has been done on the host. */
  journal: '/var/lib/lca/journal',
  /** Left by preparing: the images of the seed, and what the seed says of itself. */
  containersList: '/var/tmp/containers.list',
  seedManifest: '/var/tmp/manifest.json',
} as const;
