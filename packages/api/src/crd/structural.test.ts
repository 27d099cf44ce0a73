import { expect, test } from 'vitest';
import { z } from 'zod';
import { anyFields, bytes, fields, int32, listBy, openFields, quantity, stringMap, strings, stringsOrNull, time, word } from '../schema.ts';
import { type JsonSchema, structural } from './structural.ts';

const made = (schema: z.ZodType): JsonSchema => {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' });
  return structural(body as JsonSchema);
};

test.each<[string, z.ZodType, JsonSchema]>([
  [
    'closes an object, so that unknown fields are pruned',
    fields({ a: z.string() }),
    { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
  ],
  ['closes an object without fields', fields({}), { type: 'object' }],
  ['keeps every field of any object', anyFields(), { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }],
  [
    'keeps the values of a map of anything',
    z.record(z.string(), z.unknown()),
    { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
  ],
  [
    'keeps anything',
    fields({ a: z.unknown().optional() }),
    { type: 'object', properties: { a: { 'x-kubernetes-preserve-unknown-fields': true } } },
  ],
  ['says what a map holds', stringMap(), { type: 'object', additionalProperties: { type: 'string' } }],
  [
    'says what a map of objects holds',
    z.record(z.string(), fields({ a: z.int() })),
    { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'integer', format: 'int64' } }, required: ['a'] } },
  ],
  ['takes zod’s bounds from an integer', z.int(), { type: 'integer', format: 'int64' }],
  ['keeps bounds that were asked for', z.int().min(1).max(5), { type: 'integer', minimum: 1, maximum: 5 }],
  ['takes the pattern from a point in time', time(), { type: 'string', format: 'date-time' }],
  ['keeps base64', bytes(), { type: 'string', format: 'byte' }],
  [
    'admits numbers and text for a quantity',
    quantity(),
    { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
  ],
  ['admits any word', word('a', 'b'), { type: 'string' }],
  ['lists the words of an enum', z.enum(['a', 'b']), { type: 'string', enum: ['a', 'b'] }],
  [
    'goes into lists',
    z.array(fields({ a: strings() })),
    { type: 'array', items: { type: 'object', properties: { a: { type: 'array', items: { type: 'string' } } }, required: ['a'] } },
  ],
  ['admits null where clients send it', stringsOrNull(), { type: 'array', items: { type: 'string' }, nullable: true }],
  [
    'keeps a default, and does not ask for the field then',
    fields({ a: z.string().default('x') }),
    { type: 'object', properties: { a: { type: 'string', default: 'x' } } },
  ],
  ['keeps the size of an integer that was asked for', int32(), { type: 'integer', format: 'int32' }],
  [
    'says what a list goes by',
    listBy(['a'], fields({ a: z.string() })),
    {
      type: 'array',
      items: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['a'],
    },
  ],
  [
    'checks what it knows of an open object and keeps the rest',
    openFields({ a: z.string().optional() }),
    { type: 'object', properties: { a: { type: 'string' } }, 'x-kubernetes-preserve-unknown-fields': true },
  ],
  ['keeps descriptions', z.string().optional().describe('A name.'), { type: 'string', description: 'A name.' }],
])('a structural schema %s', (_title, schema, expected) => {
  expect(made(schema)).toEqual(expected);
});

test.each<[string, z.ZodType, string]>([
  [
    'a union',
    fields({ a: fields({ b: z.union([z.string(), z.boolean()]) }) }),
    'a.b is a union; write one object with optional members and a discriminant instead',
  ],
  [
    'a choice of objects',
    fields({ a: z.discriminatedUnion('t', [fields({ t: z.literal('b') }), fields({ t: z.literal('c') })]) }),
    'a uses oneOf, which a structural schema cannot say; write it without',
  ],
])('%s cannot be said, and the error names where', (_title, schema, message) => {
  expect(() => made(schema)).toThrow(message);
});
