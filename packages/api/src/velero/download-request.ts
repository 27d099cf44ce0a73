import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields, time } from '../schema.ts';
import { veleroKind } from './common.ts';

const targetKind = z.enum([
  'BackupLog',
  'BackupContents',
  'BackupVolumeSnapshots',
  'BackupItemOperations',
  'BackupResourceList',
  'BackupResults',
  'RestoreLog',
  'RestoreResults',
  'RestoreResourceList',
  'RestoreItemOperations',
  'CSIBackupVolumeSnapshots',
  'CSIBackupVolumeSnapshotContents',
  'BackupVolumeInfos',
  'RestoreVolumeInfo',
]);
/** What can be downloaded. */
export type DownloadTarget = z.infer<typeof targetKind>;

const spec = fields({
  target: fields({
    kind: targetKind.describe('What to download. Required.'),
    name: z.string().describe('Name of the Backup or Restore. Required.'),
  }).describe('The file. Required.'),
});

const status = fields({
  phase: z.enum(['New', 'Processed']).optional().describe('Whether the link is there. Omitted: New.'),
  downloadURL: z.string().optional().describe('Signed link to the file, valid for ten minutes.'),
  expiration: time().nullish().describe('When the link ends; the request is then deleted.'),
});

/** Asks for a link to a file of a backup or restore. */
export const DownloadRequest = kind(
  { ...veleroKind, kind: 'DownloadRequest', description: 'Asks for a link to a file of a backup or restore.', plural: 'downloadrequests' },
  spec,
  status,
);
/** Asks for a link to a file of a backup or restore. */
export type DownloadRequest = ObjectOf<typeof DownloadRequest>;
