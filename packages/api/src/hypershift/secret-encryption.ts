import { z } from 'zod';
import { anyFields, fields } from '../schema.ts';
import { reference } from './common.ts';

const aescbc = fields({
  activeKey: reference().describe('Secret whose key `key` holds the 32 bytes that Secrets are encrypted with. Required.'),
  backupKey: reference().optional().describe('Secret with the key before; still used to decrypt. Deprecated.'),
});

/** How Secrets are encrypted in etcd. */
export const secretEncryption = fields({
  type: z.enum(['kms', 'aescbc']).describe('kms or aescbc. Required.'),
  aescbc: aescbc.optional().describe('Only with type aescbc.'),
  kms: anyFields().optional().describe('Only with type kms.'),
});
