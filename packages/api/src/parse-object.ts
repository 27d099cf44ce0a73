import { z } from 'zod';
import { apiVersionOf, type Kind, type Metadata, type ObjectOf } from './kind.ts';

/** One thing that is wrong with an object: where, as a path such as spec.hooks[0].phase, and what. */
export type Problem = { path: string; message: string };

/** An object, or everything that is wrong with it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] };

const metadata = z.looseObject({
  name: z.string().optional(),
  generateName: z.string().optional(),
  namespace: z.string().optional(),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.record(z.string(), z.string()).nullish(),
}) as unknown as z.ZodType<Metadata>;

const named = metadata.refine(({ name, generateName }) => Boolean(name ?? generateName), { path: ['name'], error: 'is required' });

const pathOf = (parts: readonly PropertyKey[]): string =>
  parts.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path === '' ? String(part) : `${path}.${String(part)}`),
    '',
  );

const messageOf = (issue: z.core.$ZodRawIssue): string | undefined => {
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'is required' : `must be of type ${issue.expected}`;
  if (issue.code === 'invalid_value') {
    return issue.input === undefined ? 'is required' : `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  }
  return undefined;
};

/** Null says the same as leaving a field out, and the API server drops it where the schema does not ask for it. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(present.map(([name, field]) => [name, withoutNulls(field)]));
};

/**
 * Checks what came from a file, a flag or a form against a kind: the whole object, unknown fields kept and nulls dropped, or all problems at once.
 * A status is passed on unchecked, since only controllers write it. What an API server returned needs no such check.
 */
export const parseObject = <K extends Kind>(kind: K, input: unknown): Parsed<ObjectOf<K>> => {
  const schema = z.looseObject({
    apiVersion: z.literal(apiVersionOf(kind)),
    kind: z.literal(kind.kind),
    metadata: named,
    spec: kind.specSchema,
  });
  const result = schema.safeParse(withoutNulls(input), { error: messageOf });
  if (result.success) return { ok: true, value: result.data as ObjectOf<K> };
  return { ok: false, problems: result.error.issues.map(({ path, message }) => ({ path: pathOf(path), message })) };
};
