/** A JSON schema as zod writes it, or as an API server takes it. */
export type JsonSchema = { [keyword: string]: unknown };

const CANNOT_BE_SAID = ['$ref', 'allOf', 'oneOf', 'not', 'patternProperties'] as const;
const PRESERVE = 'x-kubernetes-preserve-unknown-fields';

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown): boolean => isSchema(value) && Object.keys(value).length === 0;

/**
 * Makes a structural schema, which is what a CustomResourceDefinition takes, of zod's JSON schema in its openapi-3.0 form.
 * Objects are closed, so that the API server prunes unknown fields; anything of any shape is preserved. Throws, naming the path,
 * when the schema says something that a structural schema cannot say.
 */
export const structural = (schema: JsonSchema, path = ''): JsonSchema => {
  const impossible = CANNOT_BE_SAID.find((keyword) => keyword in schema);
  if (impossible !== undefined)
    throw new Error(`${path || 'the schema'} uses ${impossible}, which a structural schema cannot say; write it without`);
  if ('anyOf' in schema) return intOrString(schema, path);
  if (!('type' in schema)) return { ...schema, [PRESERVE]: true };
  if (schema.type === 'object') return object(schema, path);
  if (schema.type === 'array') return { ...schema, items: structural(child(schema.items), `${path}[]`) };
  return scalar(schema);
};

const child = (value: unknown): JsonSchema => (isSchema(value) ? value : {});

const intOrString = (schema: JsonSchema, path: string): JsonSchema => {
  if (schema['x-kubernetes-int-or-string'] !== true) {
    throw new Error(`${path || 'the schema'} is a union; write one object with optional members and a discriminant instead`);
  }
  return { ...schema, anyOf: [{ type: 'integer' }, { type: 'string' }] };
};

const object = ({ additionalProperties, propertyNames: _, properties, ...rest }: JsonSchema, path: string): JsonSchema => {
  if (isSchema(properties) && Object.keys(properties).length > 0) {
    const named = Object.entries(properties).map(([name, value]) => [
      name,
      structural(child(value), path === '' ? name : `${path}.${name}`),
    ]);
    return { ...rest, properties: Object.fromEntries(named) };
  }
  if (properties === undefined && isEmpty(additionalProperties)) return { ...rest, [PRESERVE]: true };
  if (isSchema(additionalProperties) && !isEmpty(additionalProperties)) {
    return { ...rest, additionalProperties: structural(additionalProperties, `${path}.*`) };
  }
  return rest;
};

/** Bounds of safe integers and patterns of points in time are zod's own; int64 and date-time say it to the API server. */
const scalar = (schema: JsonSchema): JsonSchema => {
  if (schema.type === 'integer' && schema.minimum === Number.MIN_SAFE_INTEGER && schema.maximum === Number.MAX_SAFE_INTEGER) {
    const { minimum: _minimum, maximum: _maximum, ...rest } = schema;
    return { format: 'int64', ...rest };
  }
  if (schema.format === 'date-time') {
    const { pattern: _, ...rest } = schema;
    return rest;
  }
  return schema;
};
