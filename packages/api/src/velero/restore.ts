import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { localReference } from '../references.ts';
import { duration, fields, stringMap, stringsOrNull } from '../schema.ts';
import { anyOfSelectors, chosenObjects, count, outcome, veleroKind } from './common.ts';
import { restoreHooks } from './hooks.ts';

const spec = fields({
  backupName: z.string().optional().describe('The Backup to restore. Either this or scheduleName.'),
  scheduleName: z.string().optional().describe('Restores the newest completed Backup of this Schedule. Either this or backupName.'),
  ...chosenObjects,
  namespaceMapping: stringMap().nullish().describe('New names of namespaces by their old ones. Omitted: names stay.'),
  orLabelSelectors: anyOfSelectors,
  restorePVs: z.boolean().nullish().describe('Restores volumes from snapshots. Omitted: true when there are any.'),
  restoreStatus: fields({
    includedResources: stringsOrNull().describe('Resources whose status is restored.'),
    excludedResources: stringsOrNull().describe('Resources whose status is not restored.'),
  })
    .nullish()
    .describe('Of which resources the status is restored too. Omitted: of none.'),
  preserveNodePorts: z.boolean().nullish().describe('Keeps the node ports of Services. Omitted: false.'),
  includeClusterResources: z.boolean().nullish().describe('Restores cluster-scoped objects. Omitted: those that chosen objects need.'),
  existingResourcePolicy: z.string().nullish().describe('What happens to objects that exist: none or update. Omitted: none.'),
  itemOperationTimeout: duration().optional().describe('How long operations on items may take. Omitted: 4h.'),
  resourceModifier: localReference.nullish().describe('ConfigMap with changes to make to objects. Omitted: none.'),
  uploaderConfig: fields({
    writeSparseFiles: z.boolean().nullish().describe('Leaves holes in files where there are zeros. Omitted: false.'),
    parallelFilesDownload: z.int().optional().describe('How many files are downloaded at once. Omitted: the uploader decides.'),
  })
    .nullish()
    .describe('Settings of the uploader.'),
  hooks: restoreHooks,
});

const phase = z.enum([
  'New',
  'FailedValidation',
  'InProgress',
  'WaitingForPluginOperations',
  'WaitingForPluginOperationsPartiallyFailed',
  'Finalizing',
  'FinalizingPartiallyFailed',
  'Completed',
  'PartiallyFailed',
  'Failed',
]);

const status = fields({
  phase: phase.optional().describe('How far the restore is. Omitted: New.'),
  ...outcome,
  restoreItemOperationsAttempted: count('Operations on items that were begun'),
  restoreItemOperationsCompleted: count('Operations on items that were completed'),
  restoreItemOperationsFailed: count('Operations on items that failed'),
  progress: fields({ totalItems: count('Items known so far'), itemsRestored: count('Items restored so far') })
    .nullish()
    .describe('How many items are done.'),
});

/** Brings objects and volumes of a backup into a cluster. */
export const Restore = kind(
  { ...veleroKind, kind: 'Restore', description: 'Brings objects and volumes of a backup into a cluster.', plural: 'restores' },
  spec,
  status,
);
/** Brings objects and volumes of a backup into a cluster. */
export type Restore = ObjectOf<typeof Restore>;
/** How far a restore is; newer servers may know further phases. */
export type RestorePhase = z.infer<typeof phase>;
