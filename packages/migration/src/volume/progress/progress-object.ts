import { type DirectVolumeMigration, DirectVolumeMigrationProgress, labels } from '@godwit/api';
import { progressName, transferLabels } from '../names.ts';
import type { VolumePair } from '../volume-pair.ts';

/** The progress object of one claim, named and filled as upstream does it; it goes with the DirectVolumeMigration. */
export const progressObject = (dvm: DirectVolumeMigration, pair: VolumePair): DirectVolumeMigrationProgress => {
  const { apiVersion, kind, metadata, spec } = dvm;
  return {
    apiVersion: `${DirectVolumeMigrationProgress.group}/${DirectVolumeMigrationProgress.version}`,
    kind: DirectVolumeMigrationProgress.kind,
    metadata: {
      name: progressName(dvm, pair.source),
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      labels: transferLabels(dvm),
      ownerReferences: [{ apiVersion, kind, name: metadata.name ?? '', uid: metadata.uid ?? '' }],
    },
    spec: {
      clusterRef: spec.srcMigClusterRef,
      podNamespace: pair.source.namespace,
      podSelector: {
        [labels.createdForPvc]: pair.sourceHash,
        [labels.migratedByDirectVolumeMigration]: metadata.uid ?? '',
      },
    },
  };
};
