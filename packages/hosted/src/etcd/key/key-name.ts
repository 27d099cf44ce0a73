const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;

/** The name under which kube-apiserver knows an aescbc key: `key-` and the decimal FNV-1 (32 bit) of its bytes; the same key has the same name in every cluster. */
export const encryptionKeyName = (key: Uint8Array): string => {
  let hash = OFFSET;
  for (const byte of key) hash = (Math.imul(hash, PRIME) ^ byte) >>> 0;
  return `key-${hash}`;
};
