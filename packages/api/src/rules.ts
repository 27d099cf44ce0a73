import type { z } from 'zod';

/** A rule in CEL that the API server holds an object against, and what it answers when the object breaks it. */
export type Rule = { readonly rule: string; readonly message: string };

const KEYWORD = 'x-kubernetes-validations';

/** The rules that a schema has. */
export const rulesOf = (schema: z.ZodType): readonly Rule[] => (schema.meta()?.[KEYWORD] ?? []) as readonly Rule[];

/** The schema with these rules, after those that it has already. */
export const checked = <Schema extends z.ZodType>(schema: Schema, ...rules: readonly Rule[]): Schema =>
  schema.meta({ [KEYWORD]: [...rulesOf(schema), ...rules] }) as Schema;

/** A value that cannot change once it is there. `name` begins the answer: `<name> is immutable`. */
export const immutable = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  checked(schema, { rule: 'self == oldSelf', message: `${name} is immutable` });

/** A text that is free while it is empty, and then fixed. */
export const immutableOnceSet = <Schema extends z.ZodType>(name: string, schema: Schema): Schema =>
  checked(schema, { rule: "oldSelf == '' || self == oldSelf", message: `${name} is immutable` });

/** A rule that field `name` stays once it is there. */
export const staysOnceSet = (name: string, message = `${name} cannot be removed once set`): Rule => ({
  rule: `!has(oldSelf.${name}) || has(self.${name})`,
  message,
});
