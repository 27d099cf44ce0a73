import { createHash } from 'node:crypto';
import type { ObjectStore } from '@godwit/objectstore';
import { encryptionKeyName } from '../key/key-name.ts';
import { decryptStored } from '../key/stored-value.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { EncryptionKeyMismatch, UploadDiffers } from '../reasons.ts';
import { secretScan } from './scan.ts';

/** What an object must be. */
export type Recorded = { bytes: number; sha256: string };

/** How an object is compared: with the encryption key, one secret in it is decrypted offline too. */
export type ReadBack = { encryptionKey?: Uint8Array | undefined; signal?: AbortSignal | undefined };

const differs = (store: ObjectStore, key: string, check: 'size' | 'hash' | 'absent', why: string) =>
  refused(UploadDiffers({ url: `${store.url}/${key}`, check, why }));

const checkKey = (secrets: ReadonlyMap<string, Buffer>, key: Uint8Array): Outcome<void> => {
  const given = encryptionKeyName(key);
  const value = secrets.get(given);
  if (value === undefined)
    return secrets.size === 0 ? done(undefined) : refused(EncryptionKeyMismatch({ given, stored: [...secrets.keys()].join(', ') }));
  const opened = decryptStored(value, key);
  return opened.ok ? done(undefined) : opened;
};

/** Reads an object once, in bounded memory, and compares its size and SHA-256 with what was recorded. */
export const readBack = async (store: ObjectStore, key: string, recorded: Recorded, options: ReadBack = {}): Promise<Outcome<void>> => {
  const stat = await store.stat(key);
  if (stat === undefined) return differs(store, key, 'absent', 'there is no object of this name');
  if (stat.bytes !== recorded.bytes) return differs(store, key, 'size', `it has ${stat.bytes} bytes instead of ${recorded.bytes}`);
  const body = await store.get(key, options.signal ? { signal: options.signal } : {});
  if (body === undefined) return differs(store, key, 'absent', 'it went away while it was read');
  const hash = createHash('sha256');
  const scan = options.encryptionKey ? secretScan() : undefined;
  for await (const chunk of body) {
    hash.update(chunk as Buffer);
    scan?.take(chunk as Buffer);
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== recorded.sha256) return differs(store, key, 'hash', `its SHA-256 is ${sha256} instead of ${recorded.sha256}`);
  return scan && options.encryptionKey ? checkKey(scan.end(), options.encryptionKey) : done(undefined);
};
