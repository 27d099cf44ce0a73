import { fnv1 } from '../../fnv.ts';

/** The name under which kube-apiserver knows an aescbc key: `key-` and the decimal FNV-1 (32 bit) of its bytes; the same key has the same name in every cluster. */
export const encryptionKeyName = (key: Uint8Array): string => `key-${fnv1(key)}`;
