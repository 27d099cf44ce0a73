import { z } from 'zod';
import { kind, type ObjectOf } from '../kind.ts';
import { checked, immutable } from '../rules.ts';
import { fields } from '../schema.ts';
import { standardConditions } from '../standard-condition.ts';
import { conditionColumn, hypershiftKind } from './common.ts';

const credentials = fields({
  name: z.string().min(1).max(253).describe('Name of the Secret, in the namespace of the operator. Required.'),
});

const matching = (min: number, max: number, rule: string, message: string) => checked(z.string().min(min).max(max), { rule, message });

const s3 = fields({
  bucket: matching(
    3,
    63,
    "self.matches('^[a-z0-9][a-z0-9.-]*[a-z0-9]$') && !self.contains('..')",
    'bucket must consist of lowercase letters, digits, periods and hyphens, begin and end with a letter or digit, and have no two periods in a row',
  ).describe('The bucket. Required.'),
  region: matching(
    1,
    63,
    "self.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$') && !self.contains('--')",
    'region must consist of lowercase letters, digits and single hyphens, e.g. us-east-1',
  ).describe('The region of the bucket. Required.'),
  keyPrefix: matching(
    1,
    1024,
    String.raw`self.matches('^[a-zA-Z0-9!_.*\'()/-]+$')`,
    "keyPrefix must consist of letters, digits and the characters ! _ . * ' ( ) / -",
  ).describe('What the names of objects begin with. Required.'),
  credentials: credentials.describe('Secret with the credentials for the bucket. Required.'),
  kmsKeyARN: z
    .string()
    .max(2048)
    .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key\/[a-zA-Z0-9-]+$/)
    .optional()
    .describe('KMS key that encrypts what is stored, by its whole ARN. Omitted: no such encryption.'),
});

const azureBlob = fields({
  container: matching(
    3,
    63,
    "self.matches('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$') && !self.contains('--')",
    'container must consist of lowercase letters, digits and single hyphens',
  ).describe('The container. Required.'),
  storageAccount: matching(3, 24, "self.matches('^[a-z0-9]+$')", 'storageAccount must consist of lowercase letters and digits').describe(
    'The storage account. Required.',
  ),
  keyPrefix: z.string().min(1).max(1024).describe('What the names of objects begin with. Required.'),
  credentials: credentials.describe('Secret with the credentials for the container. Required.'),
  encryptionKeyURL: z
    .string()
    .max(2048)
    .regex(/^https:\/\/[a-z0-9-]+\.(vault|managedhsm)\.[a-z.]+\/keys\//)
    .optional()
    .describe('Key in a Key Vault or Managed HSM that encrypts what is stored.'),
});

const only = (type: 'S3' | 'AzureBlob', name: 's3' | 'azureBlob') => ({
  rule: `self.storageType == '${type}' ? has(self.${name}) : !has(self.${name})`,
  message: `${name} configuration is required when storageType is ${type}, and forbidden otherwise`,
});

const storage = checked(
  fields({
    storageType: z.enum(['S3', 'AzureBlob']).describe('Where the backup goes. Required.'),
    s3: s3.optional().describe('Needed with storageType S3, and only then.'),
    azureBlob: azureBlob.optional().describe('Needed with storageType AzureBlob, and only then.'),
  }),
  only('S3', 's3'),
  only('AzureBlob', 'azureBlob'),
);

const encryptionMetadata = checked(
  fields({
    aws: fields({ kmsKeyARN: z.string().max(2048).describe('The KMS key. Required.') })
      .optional()
      .describe('Encrypted by AWS.'),
    azure: fields({ encryptionKeyURL: z.string().max(2048).describe('The key. Required.') })
      .optional()
      .describe('Encrypted by Azure.'),
  }),
  { rule: 'has(self.aws) != has(self.azure)', message: 'exactly one of aws and azure must be set' },
);

const status = fields({
  conditions: standardConditions,
  snapshotURL: checked(z.string().min(1).max(2048), {
    rule: "isURL(self) && url(self).getScheme() in ['https', 's3']",
    message: 'snapshotURL must be a valid URL with scheme https or s3',
  })
    .optional()
    .describe('Where the snapshot lies. Omitted: not there yet.'),
  encryptionMetadata: encryptionMetadata.optional().describe('How the snapshot is encrypted. Omitted: not at all.'),
});

/** Asks once for a backup of the etcd of the control plane in this namespace. */
export const HCPEtcdBackup = kind(
  {
    ...hypershiftKind,
    kind: 'HCPEtcdBackup',
    description: 'Asks once for a backup of the etcd of the control plane in this namespace.',
    plural: 'hcpetcdbackups',
    shortNames: ['hcpetcdbk'],
    columns: [
      conditionColumn('BackupCompleted', 'Completed'),
      { name: 'URL', type: 'string', jsonPath: '.status.snapshotURL' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
    ],
  },
  immutable('HCPEtcdBackupSpec', fields({ storage: storage.describe('Where the backup goes. Required.') })),
  status,
);
/** Asks once for a backup of the etcd of the control plane in this namespace. */
export type HCPEtcdBackup = ObjectOf<typeof HCPEtcdBackup>;
