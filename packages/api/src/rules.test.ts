import { expect, test } from 'vitest';
import { z } from 'zod';
import { checked, immutable, immutableOnceSet, rulesOf, staysOnceSet } from './rules.ts';

test('rules are added to those that a schema has', () => {
  const first = { rule: "self != ''", message: 'x must not be empty' };
  expect(rulesOf(immutable('x', checked(z.string(), first)))).toEqual([first, { rule: 'self == oldSelf', message: 'x is immutable' }]);
});

test('rules stay when the schema becomes optional and is described', () => {
  const schema = z.looseObject({ x: immutableOnceSet('x', z.string().max(5)).optional().describe('An x.') });
  const { properties } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  expect(properties?.x).toEqual({
    type: 'string',
    maxLength: 5,
    description: 'An x.',
    'x-kubernetes-validations': [{ rule: "oldSelf == '' || self == oldSelf", message: 'x is immutable' }],
  });
});

test('a field that stays once set says so', () => {
  expect(staysOnceSet('x')).toEqual({ rule: '!has(oldSelf.x) || has(self.x)', message: 'x cannot be removed once set' });
});
