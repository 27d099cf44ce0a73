import { createDecipheriv } from 'node:crypto';
import { done, type Outcome, refused } from '../outcome.ts';
import { EncryptionKeyMismatch, EncryptionKeyWrong } from '../reasons.ts';
import { encryptionKeyName } from './key-name.ts';

/** How a value that aescbc encrypted begins; the key's name and a colon follow. */
export const AESCBC_PREFIX = 'k8s:enc:aescbc:v1:';

const BLOCK_BYTES = 16;
const LONGEST_NAME = 253;

/** The key's name in front of a value as etcd holds it; undefined when the value is not encrypted with aescbc. */
export const storedKeyName = (value: Uint8Array): string | undefined => {
  const start = Buffer.from(value.subarray(0, AESCBC_PREFIX.length + LONGEST_NAME + 1)).toString('latin1');
  if (!start.startsWith(AESCBC_PREFIX)) return undefined;
  const end = start.indexOf(':', AESCBC_PREFIX.length);
  return end < 0 ? undefined : start.slice(AESCBC_PREFIX.length, end);
};

const decipher = (sealed: Uint8Array, key: Uint8Array): Buffer => {
  const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, sealed.subarray(0, BLOCK_BYTES));
  return Buffer.concat([cipher.update(sealed.subarray(BLOCK_BYTES)), cipher.final()]);
};

/** Decrypts a value as etcd holds it, without any API server; a value in the clear is given back as it is. */
export const decryptStored = (value: Uint8Array, key: Uint8Array): Outcome<Buffer> => {
  const stored = storedKeyName(value);
  if (stored === undefined) return done(Buffer.from(value));
  const given = encryptionKeyName(key);
  if (stored !== given) return refused(EncryptionKeyMismatch({ given, stored }));
  try {
    return done(decipher(value.subarray(AESCBC_PREFIX.length + stored.length + 1), key));
  } catch (error) {
    return refused(EncryptionKeyWrong({ keyName: given, why: (error as Error).message }));
  }
};
