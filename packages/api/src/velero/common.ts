import { z } from 'zod';
import type { Column } from '../kind.ts';
import { labelSelector } from '../references.ts';
import { fields, stringsOrNull, time } from '../schema.ts';

/** Identity shared by every Velero kind; status is written with the whole object, as upstream does. */
export const veleroKind = { group: 'velero.io', version: 'v1', scope: 'Namespaced', status: 'whole' } as const;

/** Which objects are chosen, by namespace, resource and label. */
export const chosenObjects = {
  includedNamespaces: stringsOrNull().describe('Namespaces to take, also with *, ? and [...]. Omitted, empty or *: all.'),
  excludedNamespaces: stringsOrNull().describe('Namespaces to leave out. Omitted: none.'),
  includedResources: stringsOrNull().describe('Resources to take: name, short name or resource.group. Omitted: all.'),
  excludedResources: stringsOrNull().describe('Resources to leave out. Omitted: none.'),
  labelSelector: labelSelector.nullish().describe('Labels of the objects to take. Omitted: any.'),
};

/** Several selectors of which an object must match one. */
export const anyOfSelectors = z
  .array(labelSelector)
  .nullish()
  .describe('Takes objects that match any of these; not together with labelSelector. Omitted: not used.');

/** When work began and ended. */
export const span = {
  startTimestamp: time().nullish().describe('When it began, by the clock of the server.'),
  completionTimestamp: time().nullish().describe('When it ended, well or not.'),
};

/** How a Backup or Restore went. */
export const outcome = {
  ...span,
  validationErrors: stringsOrNull().describe('Why it cannot run; only in phase FailedValidation.'),
  failureReason: z.string().optional().describe('Why it failed as a whole.'),
  warnings: z.int().optional().describe('How many warnings its log has. Omitted: 0.'),
  errors: z.int().optional().describe('How many errors its log has. Omitted: 0.'),
  hookStatus: fields({
    hooksAttempted: z.int().optional().describe('Hooks that were run. Omitted: 0.'),
    hooksFailed: z.int().optional().describe('Hooks that failed. Omitted: 0.'),
  })
    .nullish()
    .describe('How its hooks went.'),
};

/** How far the transfer of a volume is. */
export const byteProgress = fields({
  totalBytes: z.int().optional().describe('Bytes in all. Omitted: 0.'),
  bytesDone: z.int().optional().describe('Bytes done so far. Omitted: 0.'),
})
  .optional()
  .describe('How far it is.');

/** Phases of a volume transfer. */
export const transferPhase = z
  .enum(['New', 'Accepted', 'Prepared', 'InProgress', 'Canceling', 'Canceled', 'Completed', 'Failed'])
  .optional()
  .describe('How far it is. Omitted: New.');

/** What `kubectl get` shows of a volume transfer. */
export const transferColumns: readonly Column[] = [
  { name: 'Status', type: 'string', jsonPath: '.status.phase' },
  { name: 'Started', type: 'date', jsonPath: '.status.startTimestamp' },
  { name: 'Bytes Done', type: 'integer', jsonPath: '.status.progress.bytesDone' },
  { name: 'Total Bytes', type: 'integer', jsonPath: '.status.progress.totalBytes' },
  { name: 'Storage Location', type: 'string', jsonPath: '.spec.backupStorageLocation' },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/** What moves the data of a volume. */
export const uploaderType = z.enum(['kopia', 'restic', '']).optional().describe('What moves the data: kopia or restic. Omitted: restic.');

/** How many of something; omitted: none. */
export const count = (what: string) => z.int().optional().describe(`${what}. Omitted: 0.`);
