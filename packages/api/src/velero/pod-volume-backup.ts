import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { objectReference } from '../references.ts';
import { fields, stringMap, time } from '../schema.ts';
import { byteProgress, span, transferColumns, transferPhase, uploaderType, veleroKind } from './common.ts';

const spec = fields({
  node: z.string().describe('Node on which the pod runs. Required.'),
  pod: objectReference.describe('The pod whose volume is copied. Required.'),
  volume: z.string().describe('Name of the volume in the pod. Required.'),
  backupStorageLocation: z.string().describe('Name of the BackupStorageLocation. Required.'),
  repoIdentifier: z.string().describe('Address of the repository. Required.'),
  uploaderType,
  tags: stringMap().optional().describe('What the snapshot is tagged with. Omitted: nothing.'),
  uploaderSettings: stringMap().nullish().describe('Settings of the uploader. Omitted: none.'),
  cancel: z.boolean().optional().describe('Stops the copy. Omitted: false.'),
});

const status = fields({
  phase: transferPhase,
  path: z.string().optional().describe('Path of the volume on its node.'),
  snapshotID: z.string().optional().describe('The snapshot in the repository.'),
  message: z.string().optional().describe('Why it failed.'),
  ...span,
  acceptedTimestamp: time().nullish().describe('When a node took it on.'),
  progress: byteProgress,
  incrementalBytes: z.int().optional().describe('Bytes that were new since the snapshot before. Omitted: unknown.'),
});

/** A copy of the files of one volume of a pod. */
export const PodVolumeBackup = kind(
  {
    ...veleroKind,
    kind: 'PodVolumeBackup',
    description: 'A copy of the files of one volume of a pod.',
    plural: 'podvolumebackups',
    columns: [
      ...transferColumns,
      { name: 'Node', type: 'string', jsonPath: '.spec.node' },
      { name: 'Uploader', type: 'string', jsonPath: '.spec.uploaderType' },
    ],
  },
  spec,
  status,
);
/** A copy of the files of one volume of a pod. */
export type PodVolumeBackup = ObjectOf<typeof PodVolumeBackup>;
