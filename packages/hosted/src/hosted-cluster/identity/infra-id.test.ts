import { expect, test } from 'vitest';
import { newInfraId } from './infra-id.ts';

const random = (length: number): string => 'x'.repeat(length);

test.each([
  ['a short name stays whole', 'shop', 'shop-xxxxx'],
  ['a long name is cut to 27 in all', 'a-cluster-with-a-name-of-thirty', 'a-cluster-with-a-name-xxxxx'],
  ['no dash is doubled where the cut falls on one', 'abcdefghijklmnopqrst-vwxyz', 'abcdefghijklmnopqrst-xxxxx'],
  ['dots become dashes', 'shop.eu.example', 'shop-eu-example-xxxxx'],
])('T81: %s', (_title, name, infraId) => {
  expect(newInfraId(name, random)).toBe(infraId);
  expect(infraId.length).toBeLessThanOrEqual(27);
});
