import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const MAX_LABEL_LENGTH = 63;
const HASH_LENGTH = 6;

/** A name as a label value: names longer than 63 characters are cut to 57 and get 6 hex digits of their SHA-256, as Velero does. */
export const veleroLabelValue = (name: string): string =>
  name.length <= MAX_LABEL_LENGTH
    ? name
    : name.slice(0, MAX_LABEL_LENGTH - HASH_LENGTH) + bytesToHex(sha256(utf8ToBytes(name))).slice(0, HASH_LENGTH);
