import { backupAnnotations, backupFinalizers, backupLabels } from './backup.ts';
import { hostedAnnotations, hostedFinalizers, hostedLabels } from './hosted.ts';
import { migrationAnnotations, migrationFinalizers, migrationLabels } from './migration.ts';

export { annotationPrefixes } from './hosted.ts';
export { veleroLabelValue } from './label-value.ts';

/** Annotations by what they say. Those of an ImageBasedUpgrade are with its kind. */
export const annotations = { ...migrationAnnotations, ...backupAnnotations, ...hostedAnnotations } as const;

/** Labels by what they say. */
export const labels = { ...migrationLabels, ...backupLabels, ...hostedLabels } as const;

/** Finalizers by what they guard. */
export const finalizers = { ...migrationFinalizers, ...backupFinalizers, ...hostedFinalizers } as const;

/** Names under which server-side apply owns fields: one per writer, so that no writer takes fields from another. */
export const fieldManagers = {
  migration: 'godwit-migration',
  backup: 'godwit-backup',
  restore: 'godwit-restore',
  hosted: 'godwit-hosted',
  move: 'godwit-move',
  upgrade: 'godwit-upgrade',
  operator: 'godwit-operator',
  cli: 'godwit-cli',
  console: 'godwit-console',
} as const;

/** Value of the part-of label on everything that belongs to a migration. */
export const PART_OF = 'openshift-migration';

/** Where the product lives unless it is told otherwise. */
export const NAMESPACE = 'openshift-migration';

/** Labels that tie an object to the object which made it: part-of, and the kind in lower case with its UID. */
export const correlationLabels = (kind: string, uid: string): Record<string, string> => ({
  [labels.partOf]: PART_OF,
  [kind.toLowerCase()]: uid,
});
