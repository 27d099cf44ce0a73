const OFFSET_BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

const bytesOf = (value: string | Uint8Array): Uint8Array => (typeof value === 'string' ? new TextEncoder().encode(value) : value);

/** FNV-1, 32 bits: multiplies first. Names the keys of secret encryption. */
export const fnv1 = (value: string | Uint8Array): number =>
  bytesOf(value).reduce((hash, byte) => (Math.imul(hash, PRIME) ^ byte) >>> 0, OFFSET_BASIS);

/** FNV-1a, 32 bits: multiplies last. Names configurations and machine templates. */
export const fnv1a = (value: string | Uint8Array): number =>
  bytesOf(value).reduce((hash, byte) => Math.imul(hash ^ byte, PRIME) >>> 0, OFFSET_BASIS);
