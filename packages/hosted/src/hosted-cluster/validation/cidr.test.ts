import { expect, test } from 'vitest';
import { addressOf, blockOf, holds, overlap } from './cidr.ts';

test.each([
  ['172.16.0.0/16', '172.16.0.0/24', true],
  ['172.16.1.0/24', '172.16.0.0/24', false],
  ['10.0.0.0/8', '10.255.255.255/32', true],
  ['10.0.0.5/8', '10.9.0.0/16', true],
  ['0.0.0.0/0', '192.168.0.0/16', true],
  ['fd02::/48', 'fd02::/64', true],
  ['fd02::/48', 'fd01::/64', false],
  ['fd02::/48', '2620:52:0:1306::1/64', false],
  ['::ffff:10.0.0.0/104', '10.0.0.0/8', false],
  ['::ffff:10.0.0.0/104', '::ffff:a01:203/128', true],
])('%s and %s overlap: %s', (one, other, expected) => {
  const [first, second] = [blockOf(one), blockOf(other)];
  if (!first || !second) throw new Error('both are blocks');
  expect(overlap(first, second)).toBe(expected);
  expect(overlap(second, first)).toBe(expected);
});

test.each(['172.16.0.0', '172.16.0.0/33', 'fd00::/129', '10.0.0/8', '10.0.0.0/8/8', '/8', '', '10.0.0.0/-1', '10.0.0.0/'])(
  '"%s" is no block',
  (text) => {
    expect(blockOf(text)).toBeUndefined();
  },
);

test.each([
  ['192.168.1.1', 32, 0xc0a80101n],
  ['::', 128, 0n],
  ['::1', 128, 1n],
  ['1::', 128, 1n << 112n],
  ['2001:db8:0:1:2:3:4:5', 128, 0x20010db8000000010002000300040005n],
])('%s is an address of %i bits', (text, bits, value) => {
  expect(addressOf(text)).toEqual({ bits, value });
});

test.each(['192.168.2.1.2', 'host', 'fd00::1::2', ''])('"%s" is no address', (text) => {
  expect(addressOf(text)).toBeUndefined();
});

test('a block holds only addresses of its own family', () => {
  const everything = blockOf('::/0');
  const address = addressOf('10.0.0.1');
  expect(everything && address && holds(everything, address)).toBe(false);
});
