import { isIP } from 'node:net';

/** An address as a number, with its length in bits: 32 for IPv4, 128 for IPv6. */
export type Address = { bits: 32 | 128; value: bigint };

/** A block of addresses; `value` is its first one. */
export type Block = Address & { prefix: number };

const fromParts = (parts: readonly number[], width: number): bigint =>
  parts.reduce((value, part) => (value << BigInt(width)) | BigInt(part), 0n);

const ipv4 = (text: string): bigint => fromParts(text.split('.').map(Number), 8);

/** `::ffff:10.0.0.1` ends in dots; its last four bytes are two groups of hex digits. */
const withoutDots = (text: string): string => {
  const dotted = text.slice(text.lastIndexOf(':') + 1);
  if (!dotted.includes('.')) return text;
  const value = ipv4(dotted);
  return `${text.slice(0, -dotted.length)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
};

const groupsIn = (text: string): number[] => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));

const ipv6 = (text: string): bigint => {
  const [head = '', tail] = withoutDots(text).split('::');
  const [first, last] = [groupsIn(head), groupsIn(tail ?? '')];
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  return fromParts([...first, ...new Array<number>(missing).fill(0), ...last], 16);
};

/** The address that a text is; undefined when it is none. */
export const addressOf = (text: string): Address | undefined => {
  switch (isIP(text)) {
    case 4:
      return { bits: 32, value: ipv4(text) };
    case 6:
      return { bits: 128, value: ipv6(text) };
    default:
      return undefined;
  }
};

const firstOf = ({ bits, value }: Address, prefix: number): bigint => {
  const free = BigInt(bits - prefix);
  return (value >> free) << free;
};

/** The block that a text like `172.16.0.0/16` is; bits behind the prefix do not count. Undefined when it is none. */
export const blockOf = (text: string): Block | undefined => {
  const [host = '', length = '', ...rest] = text.split('/');
  const address = addressOf(host);
  if (address === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const prefix = Number(length);
  return prefix > address.bits ? undefined : { bits: address.bits, prefix, value: firstOf(address, prefix) };
};

/** Whether a block holds an address; never across families. */
export const holds = (block: Block, address: Address): boolean =>
  block.bits === address.bits && firstOf(address, block.prefix) === block.value;

/** Whether two blocks share addresses; then one of them lies in the other. */
export const overlap = (one: Block, other: Block): boolean => (one.prefix <= other.prefix ? holds(one, other) : holds(other, one));
