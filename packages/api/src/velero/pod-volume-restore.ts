import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields, stringMap, time } from '../schema.ts';
import { byteProgress, span, transferColumns, transferPhase, uploaderType, veleroKind } from './common.ts';

const spec = fields({
  pod: objectReference.describe('The restored pod. Required.'),
  volume: z.string().describe('Name of the volume in the pod. Required.'),
  backupStorageLocation: z.string().describe('Name of the BackupStorageLocation. Required.'),
  repoIdentifier: z.string().describe('Address of the repository. Required.'),
  uploaderType,
  snapshotID: z.string().describe('The snapshot in the repository. Required.'),
  sourceNamespace: z.string().describe('Namespace that the volume had when it was backed up. Required.'),
  uploaderSettings: stringMap().nullish().describe('Settings of the uploader. Omitted: none.'),
  cancel: z.boolean().optional().describe('Stops the restore. Omitted: false.'),
  snapshotSize: z.int().optional().describe('Bytes in the snapshot. Omitted: unknown.'),
});

const status = fields({
  phase: transferPhase,
  message: z.string().optional().describe('Why it failed.'),
  ...span,
  acceptedTimestamp: time().nullish().describe('When a node took it on.'),
  progress: byteProgress,
  node: z.string().optional().describe('Node that does the work.'),
});

/** Brings the files of one volume into a restored pod. */
export const PodVolumeRestore = kind(
  {
    ...veleroKind,
    kind: 'PodVolumeRestore',
    description: 'Brings the files of one volume into a restored pod.',
    plural: 'podvolumerestores',
    columns: [
      ...transferColumns,
      { name: 'Node', type: 'string', jsonPath: '.status.node' },
      { name: 'Uploader Type', type: 'string', jsonPath: '.spec.uploaderType' },
    ],
  },
  spec,
  status,
);
/** Brings the files of one volume into a restored pod. */
export type PodVolumeRestore = ObjectOf<typeof PodVolumeRestore>;
