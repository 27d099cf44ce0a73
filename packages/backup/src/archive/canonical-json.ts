const ESCAPES: Record<string, string> = { '<': '\\u003c', '>': '\\u003e', '&': '\\u0026', '\u2028': '\\u2028', '\u2029': '\\u2029' };
const UNSAFE = /[<>&\u2028\u2029]/g;

const byBytes = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const source = value as Record<string, unknown>;
  const keys = Object.keys(source);
  const target: Record<string, unknown> = {};
  for (const key of keys.sort(byBytes)) {
    if (key === '__proto__') Object.defineProperty(target, key, { value: sorted(source[key]), enumerable: true });
    else target[key] = sorted(source[key]);
  }
  return target;
};

const isIndex = (key: string): boolean => /^(0|[1-9]\d*)$/.test(key);

/** Integer-like keys jump to the front of a JavaScript object; such objects are written out by hand. */
const hasIndexKeys = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Array.isArray(value) ? value.some(hasIndexKeys) : Object.entries(value).some(([key, each]) => isIndex(key) || hasIndexKeys(each)));

const written = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map((each) => written(each === undefined ? null : each)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries
    .sort(([a], [b]) => byBytes(a, b))
    .map(([key, each]) => `${JSON.stringify(key)}:${written(each)}`)
    .join(',')}}`;
};

/** Compact JSON as Go writes unstructured objects: sorted keys, HTML characters escaped. */
export const canonicalJson = (value: unknown): string => {
  const text = hasIndexKeys(value) ? written(value) : JSON.stringify(sorted(value));
  return text.replace(UNSAFE, (character) => ESCAPES[character] ?? character);
};
