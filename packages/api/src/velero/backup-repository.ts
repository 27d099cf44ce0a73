import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { duration, fields, stringMap, time } from '../schema.ts';
import { veleroKind } from './common.ts';

const spec = fields({
  volumeNamespace: z.string().describe('Namespace whose volumes it holds. Required.'),
  backupStorageLocation: z.string().describe('Name of the BackupStorageLocation. Required.'),
  repositoryType: z.enum(['kopia', 'restic', '']).optional().describe('Format of the repository: kopia or restic. Omitted: restic.'),
  resticIdentifier: z.string().optional().describe('Address of a restic repository. Deprecated.'),
  maintenanceFrequency: duration().describe('How often the repository is tidied. Required.'),
  repositoryConfig: stringMap().nullish().describe('Settings of the repository. Omitted: none.'),
});

const maintenance = fields({
  result: z.enum(['Succeeded', 'Failed']).optional().describe('How it ended.'),
  startTimestamp: time().nullish().describe('When it began.'),
  completeTimestamp: time().nullish().describe('When it ended.'),
  message: z.string().optional().describe('Why it failed.'),
});

const status = fields({
  phase: z.enum(['New', 'Ready', 'NotReady']).optional().describe('Whether the repository can be used. Omitted: New.'),
  message: z.string().optional().describe('Why it cannot be used.'),
  lastMaintenanceTime: time().nullish().describe('When it was last tidied.'),
  recentMaintenance: z.array(maintenance).optional().describe('The last times that it was tidied.'),
});

/** A repository of volume data in a backup storage location. */
export const BackupRepository = kind(
  {
    ...veleroKind,
    kind: 'BackupRepository',
    description: 'A repository of volume data in a backup storage location.',
    plural: 'backuprepositories',
    columns: [
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      { name: 'Repository Type', type: 'string', jsonPath: '.spec.repositoryType' },
    ],
  },
  spec,
  status,
);
/** A repository of volume data in a backup storage location. */
export type BackupRepository = ObjectOf<typeof BackupRepository>;
