import { annotations, apiVersionOf, DirectVolumeMigration, labels, type NamePair, namePair, type ObjectOf } from '@godwit/api';
import { copiedVolumes } from './flags.ts';
import { ownedByRun, type Piece, pieceName, runLabels } from './names.ts';
import type { Plan, Run } from './scope.ts';

/** A DirectVolumeMigration, one pass over the volumes of a run. */
export type VolumeMigration = ObjectOf<typeof DirectVolumeMigration>;

/** What a pass is for: `Stage` while the applications run, `CutOver` once they sleep. */
export type PassType = 'Stage' | 'CutOver';

const claimOf = (volume: ReturnType<typeof copiedVolumes>[number], pairs: readonly NamePair[], verify: boolean) => {
  const { pvc, selection } = volume;
  const namespace = pvc?.namespace ?? '';
  const name = namePair(pvc?.name ?? '');
  return {
    namespace,
    name: name.source,
    targetNamespace: pairs.find(({ source }) => source === namespace)?.target ?? namespace,
    targetName: name.target,
    targetStorageClass: selection.storageClass ?? '',
    targetAccessModes:
      selection.accessMode === undefined || ['', 'auto'].includes(selection.accessMode) ? (pvc?.accessModes ?? []) : [selection.accessMode],
    ...(pvc?.volumeMode === undefined ? {} : { targetVolumeMode: pvc.volumeMode }),
    verify: verify && selection.verify === true,
  };
};

/** One pass over the volumes of a run. Only a pass over sleeping applications can be verified. */
export type Pass = { piece: Piece; type: PassType; verify: boolean };

/** A run that is to stop before a phase of its copy hands the wish on. */
const holdOf = ({ metadata }: Run): { annotations?: Record<string, string> } => {
  const hold = metadata.annotations?.[annotations.holdBefore];
  return hold === undefined ? {} : { annotations: { [annotations.holdBefore]: hold } };
};

/** The object that asks for one pass over the plan's volumes. */
export const volumeMigration = (run: Run, plan: Plan, pairs: readonly NamePair[], { piece, type, verify }: Pass): VolumeMigration => ({
  apiVersion: apiVersionOf(DirectVolumeMigration),
  kind: DirectVolumeMigration.kind,
  metadata: {
    namespace: run.metadata.namespace ?? '',
    name: pieceName(run, piece),
    labels: runLabels(run, plan, labels.directVolume),
    ...holdOf(run),
    ownerReferences: ownedByRun(run),
  },
  spec: {
    srcMigClusterRef: plan.spec.srcMigClusterRef ?? {},
    destMigClusterRef: plan.spec.destMigClusterRef ?? {},
    createDestinationNamespaces: true,
    deleteProgressReportingCRs: false,
    migrationType: type,
    persistentVolumeClaims: copiedVolumes(plan).map((volume) => claimOf(volume, pairs, verify)),
  },
});
