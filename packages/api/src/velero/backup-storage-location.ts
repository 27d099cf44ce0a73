import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { secretKey } from '../references.ts';
import { bytes, duration, fields, stringMap, time } from '../schema.ts';
import { veleroKind } from './common.ts';

const accessMode = z.enum(['ReadOnly', 'ReadWrite']);

const spec = fields({
  provider: z.string().describe('Kind of the object store, for instance aws. Required.'),
  config: stringMap().optional().describe('Settings of the provider, for instance region and s3Url. Omitted: none.'),
  credential: secretKey.optional().describe('Where the credentials are. Omitted: those of the server.'),
  objectStorage: fields({
    bucket: z.string().describe('Name of the bucket; no slash in it, unless it is an S3 ARN. Required.'),
    prefix: z.string().optional().describe('Directory in the bucket under which everything lies. Omitted: none.'),
    caCert: bytes().optional().describe('Certificates, PEM in base64, that vouch for the store. Deprecated in favour of caCertRef.'),
    caCertRef: secretKey.optional().describe('Where these certificates are; not together with caCert. Omitted: those of the system.'),
  }).describe('The bucket. Required.'),
  default: z.boolean().optional().describe('Used by Backups that name no location. Omitted: false.'),
  accessMode: accessMode.optional().describe('ReadOnly or ReadWrite. Omitted: ReadWrite.'),
  backupSyncPeriod: duration().nullish().describe('How often Backups are made from what the store holds; 0 never. Omitted: 1m.'),
  validationFrequency: duration().nullish().describe('How often the location is tested; 0 never. Omitted: 1m.'),
});

const status = fields({
  phase: z.enum(['Available', 'Unavailable']).optional().describe('Whether the location can be used. Omitted: not tested yet.'),
  lastSyncedTime: time().nullish().describe('When Backups were last made from what the store holds.'),
  lastValidationTime: time().nullish().describe('When the location was last tested.'),
  message: z.string().optional().describe('Why the location cannot be used.'),
  lastSyncedRevision: z.string().optional().describe('Deprecated.'),
  accessMode: accessMode.optional().describe('Deprecated.'),
});

/** Where backups are kept. */
export const BackupStorageLocation = kind(
  {
    ...veleroKind,
    kind: 'BackupStorageLocation',
    description: 'Where backups are kept.',
    plural: 'backupstoragelocations',
    shortNames: ['bsl'],
    columns: [
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'Last Validated', type: 'date', jsonPath: '.status.lastValidationTime' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
      { name: 'Default', type: 'boolean', jsonPath: '.spec.default' },
    ],
  },
  spec,
  status,
);
/** Where backups are kept. */
export type BackupStorageLocation = ObjectOf<typeof BackupStorageLocation>;
