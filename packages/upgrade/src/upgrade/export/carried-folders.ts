/** What is carried across the pivot for the agent of the new release, below its `/`. */
export const carriedFolders = {
  oadp: '/var/opt/OADP',
  restores: '/var/opt/OADP/veleroRestore',
  policies: '/var/opt/policy-manifests',
  extraManifests: '/var/opt/extra-manifests',
} as const;
