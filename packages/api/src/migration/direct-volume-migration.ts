import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { referenceFields } from '../references.ts';
import { fields, strings, word } from '../schema.ts';
import { clusterReferences, migrationKind, running } from './common.ts';
import { liveProgress, podProgress, rsyncOperation, verification, volumeProgress } from './volume-progress.ts';

const claim = fields({
  ...referenceFields,
  targetStorageClass: z.string().describe('Storage class on the target cluster; empty takes the default. Required.'),
  targetAccessModes: strings().describe('Access modes on the target cluster. Required.'),
  targetVolumeMode: word('Filesystem', 'Block')
    .optional()
    .describe('Filesystem or Block on the target cluster. Omitted: as on the source.'),
  targetNamespace: z.string().optional().describe('Namespace on the target cluster. Omitted: as on the source.'),
  targetName: z.string().optional().describe('Name of the claim on the target cluster. Omitted: as on the source.'),
  verify: z.boolean().optional().describe('Compares the copied files with the originals. Omitted: false.'),
});
/** A claim that a direct volume migration copies. */
export type ClaimToMigrate = z.infer<typeof claim>;

const spec = fields({
  ...clusterReferences,
  backOffLimit: z.int().optional().describe('How often the copy of a volume is tried. Omitted or 0: the setting of the controller, 20.'),
  persistentVolumeClaims: z.array(claim).optional().describe('The claims to copy. Needed, though not required by the schema.'),
  createDestinationNamespaces: z.boolean().optional().describe('Creates missing namespaces on the target cluster. Omitted: false.'),
  deleteProgressReportingCRs: z.boolean().optional().describe('Removes the progress objects afterwards. Omitted: false.'),
  liveMigrate: z.boolean().optional().describe('Moves the disks of running virtual machines without stopping them. Omitted: false.'),
  migrationType: word('Stage', 'CutOver', 'Rollback')
    .optional()
    .describe('What it is part of: Stage, CutOver or Rollback. Omitted: CutOver.'),
});

const pods = (what: string) => z.array(podProgress).optional().describe(`Transfer pods that ${what}.`);
const disks = (what: string) => z.array(liveProgress).optional().describe(`Moves of disks of running virtual machines that ${what}.`);

const status = fields({
  ...running,
  phaseDescription: z.string().optional().describe('What the phase does, in a sentence.'),
  successfulPods: pods('ended well'),
  failedPods: pods('failed'),
  runningPods: pods('are at work'),
  pendingPods: pods('wait to start'),
  unknownPods: pods('are in an unknown state'),
  pendingSinceTimeLimitPods: pods('have waited too long to start'),
  successfulLiveMigration: disks('ended well'),
  runningLiveMigration: disks('are going on'),
  pendingLiveMigration: disks('wait to start'),
  failedLiveMigration: disks('failed'),
  rsyncOperations: z.array(rsyncOperation).optional().describe('The attempts, one entry per claim.'),
  skippedVolumes: strings().optional().describe('Volumes that were not copied because there was no need.'),
  volumes: z.array(volumeProgress).optional().describe('Added by Godwit: progress in numbers, one entry per claim.'),
  verification: verification.optional().describe('Added by Godwit: what comparing source and target found. Omitted: nothing was compared.'),
});

/** A copy of volumes straight from one cluster to another. */
export const DirectVolumeMigration = kind(
  {
    ...migrationKind,
    kind: 'DirectVolumeMigration',
    description: 'A copy of volumes straight from one cluster to another.',
    plural: 'directvolumemigrations',
    shortNames: ['dvm'],
  },
  spec,
  status,
);
/** A copy of volumes straight from one cluster to another. */
export type DirectVolumeMigration = ObjectOf<typeof DirectVolumeMigration>;
