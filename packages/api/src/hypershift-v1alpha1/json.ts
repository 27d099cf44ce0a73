/** A JSON object whose fields are not known. */
export type Json = Record<string, unknown>;

/** Whether a value is an object with fields, no list and not null. */
export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value as an object; every other value is an empty one. */
export const jsonOf = (value: unknown): Json => (isJson(value) ? value : {});

/** The value as a list; every other value is an empty one. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The object without these fields. */
export const without = (object: Json, ...names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

/** The object with a field, or without it when there is no value. */
export const withField = (object: Json, name: string, value: unknown): Json =>
  value === undefined ? without(object, name) : { ...object, [name]: value };

/** An object of the fields that have a value. */
export const present = (fields: Iterable<readonly [string, unknown]>): Json =>
  Object.fromEntries([...fields].filter(([, value]) => value !== undefined));

/** The object with one field changed by a function, which is only asked when the field is an object. */
export const changing = (object: Json, name: string, change: (value: Json) => Json): Json => {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return isJson(value) ? { ...object, [name]: change(value) } : object;
};

/** Whether two JSON values say the same; the order of fields does not count. */
export const isSame = (a: unknown, b: unknown): boolean => {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((each, at) => isSame(each, b[at]));
  if (!isJson(a) || !isJson(b)) return Object.is(a, b) || (a === 0 && b === 0);
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isSame(a[name], b[name]));
};
