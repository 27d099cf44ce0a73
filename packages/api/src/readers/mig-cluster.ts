import type { MigCluster } from '../migration/mig-cluster.ts';

/** What a MigCluster says, with upstream's defaults filled in. */
export const readMigCluster = ({ spec }: MigCluster) => ({
  isHost: spec.isHostCluster,
  /** Empty for the host cluster, whatever the field holds. */
  url: spec.isHostCluster ? '' : (spec.url ?? ''),
  tokenSecret: spec.isHostCluster ? undefined : spec.serviceAccountSecretRef,
  /** PEM in base64. */
  caBundle: spec.caBundle ?? '',
  insecure: spec.insecure ?? false,
  azureResourceGroup: spec.azureResourceGroup ?? '',
  restartRestic: spec.restartRestic,
  refresh: spec.refresh ?? false,
  /** Host and port without scheme and trailing slash; empty when the registry is not exposed. */
  registryPath: (spec.exposedRegistryPath ?? '').replace(/^https?:\/\//, '').replace(/\/+$/, ''),
});
