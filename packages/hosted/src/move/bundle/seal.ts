import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Bundle } from './bundle.ts';

const ALGORITHM = 'aes-256-gcm';
const MAGIC = Buffer.from('GODWIT1\n');
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** A bundle that cannot be opened: another key, or other bytes than were written. */
class SealError extends Error {
  override readonly name = 'SealError';
}

/** Encrypts a bundle. `name` is part of what is proven: a bundle under another name does not open. */
export const seal = async (bundle: Bundle, key: Uint8Array, name: string): Promise<Buffer> => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(await pack(JSON.stringify(bundle))), cipher.final()]);
  return Buffer.concat([MAGIC, nonce, cipher.getAuthTag(), body]);
};

/** Opens a bundle. Throws `SealError`. */
export const unseal = async (sealed: Buffer, key: Uint8Array, name: string): Promise<Bundle> => {
  const head = MAGIC.length + NONCE_BYTES + TAG_BYTES;
  if (sealed.length < head || !sealed.subarray(0, MAGIC.length).equals(MAGIC))
    throw new SealError(`${name} is no bundle of Godwit; it was written by something else, or cut off`);
  const nonce = sealed.subarray(MAGIC.length, MAGIC.length + NONCE_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce)
      .setAAD(Buffer.from(name))
      .setAuthTag(sealed.subarray(MAGIC.length + NONCE_BYTES, head));
    const packed = Buffer.concat([decipher.update(sealed.subarray(head)), decipher.final()]);
    return JSON.parse((await unpack(packed)).toString()) as Bundle;
  } catch (error) {
    throw new SealError(`${name} does not open: it was encrypted with another key, or its bytes have changed`, { cause: error });
  }
};

/** SHA-256 of some bytes, in hex. */
export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
