import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { fields, stringsOrNull } from '../schema.ts';
import { veleroKind } from './common.ts';

const spec = fields({ backupName: z.string().describe('The Backup to delete with its data. Required.') });

const status = fields({
  phase: z.enum(['New', 'InProgress', 'Processed']).optional().describe('How far it is. Omitted: New.'),
  errors: stringsOrNull().describe('Why the backup could not be deleted. Omitted: it was.'),
});

/** Asks for a backup to be deleted together with its data. */
export const DeleteBackupRequest = kind(
  {
    ...veleroKind,
    kind: 'DeleteBackupRequest',
    description: 'Asks for a backup to be deleted together with its data.',
    plural: 'deletebackuprequests',
    columns: [
      { name: 'BackupName', type: 'string', jsonPath: '.spec.backupName' },
      { name: 'Status', type: 'string', jsonPath: '.status.phase' },
    ],
  },
  spec,
  status,
);
/** Asks for a backup to be deleted together with its data. */
export type DeleteBackupRequest = ObjectOf<typeof DeleteBackupRequest>;
