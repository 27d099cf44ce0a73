import { AESCBC_PREFIX } from '../key/stored-value.ts';

const PREFIX = Buffer.from(AESCBC_PREFIX);

/** What is kept from one piece of the file to the next, so that a value across the border is seen: the largest value that is looked for. */
const WINDOW_BYTES = 64 * 1024;

/** The length in front of a protobuf field, read backwards: the varint that ends just before `at`, if it is one of a value. */
const lengthBefore = (bytes: Buffer, at: number): number | undefined => {
  for (let size = 1; size <= 3; size += 1) {
    const start = at - size;
    if (start < 1 || bytes[start - 1] !== 0x2a) continue; // field 5 of etcd's KeyValue, its value
    const digits = [...bytes.subarray(start, at)];
    const whole = digits.every((digit, index) => digit >= 0x80 === index < size - 1);
    if (whole) return digits.reduce((sum, digit, index) => sum + (digit & 0x7f) * 128 ** index, 0);
  }
  return undefined;
};

/** Collects, from the bytes of a snapshot as they pass, one aescbc-encrypted value for each key's name; nothing needs to understand the file. */
export const secretScan = () => {
  const found = new Map<string, Buffer>();
  let kept: Buffer = Buffer.alloc(0);
  const look = (bytes: Buffer, last: boolean): void => {
    for (let at = bytes.indexOf(PREFIX); at >= 0; at = bytes.indexOf(PREFIX, at + 1)) {
      const length = lengthBefore(bytes, at);
      if (length === undefined || length > WINDOW_BYTES / 2) continue;
      if (at + length > bytes.length) {
        if (last) continue;
        break;
      }
      const name =
        bytes
          .subarray(at + PREFIX.length, at + length)
          .toString('latin1', 0, 253)
          .split(':', 1)[0] ?? '';
      if (!found.has(name)) found.set(name, Buffer.from(bytes.subarray(at, at + length)));
    }
  };
  return {
    take: (chunk: Buffer): void => {
      const bytes = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
      look(bytes, false);
      kept = Buffer.from(bytes.subarray(Math.max(0, bytes.length - WINDOW_BYTES)));
    },
    /** The values by the name of their key. */
    end: (): ReadonlyMap<string, Buffer> => {
      look(kept, true);
      return found;
    },
  };
};
