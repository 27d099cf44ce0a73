import { randomBytes } from 'node:crypto';
import { bytesOf } from '../../read-input.ts';
import { usage } from '../../usage.ts';

const KEY_BYTES = 32;

const decodings: readonly ((bytes: Buffer) => Buffer)[] = [
  (bytes) => bytes,
  (bytes) => (/^[0-9a-f]{64}$/i.test(bytes.toString().trim()) ? Buffer.from(bytes.toString().trim(), 'hex') : Buffer.alloc(0)),
  (bytes) => Buffer.from(bytes.toString().trim(), 'base64'),
];

/** The 32 bytes that the bundle of objects is encrypted with: from a file (raw, hex or base64), else random. */
export const bundleKeyOf = (path: string | undefined): { key: Buffer; given: boolean } => {
  if (path === undefined) return { key: randomBytes(KEY_BYTES), given: false };
  const bytes = bytesOf('--encryption-key', path);
  const key = decodings.map((decode) => decode(bytes)).find(({ length }) => length === KEY_BYTES);
  if (key !== undefined) return { key, given: true };
  throw usage(
    `--encryption-key ${path} holds no key`,
    `it must be ${KEY_BYTES} bytes, as they are or in hex or base64`,
    `head -c ${KEY_BYTES} /dev/urandom > key`,
  );
};
