import { isJson, isSame, type Json, jsonOf, withField } from './json.ts';

/** One place where two objects differ: what stands there in the first and in the second; no value: nothing does. */
export type Difference = { path: string[]; was?: unknown; value?: unknown };

const fieldOf = (object: Json, name: string): unknown => (Object.hasOwn(object, name) ? object[name] : undefined);

/** What must change for `from` to become `to`. Lists are compared and exchanged as a whole. */
export const differences = (from: Json, to: Json, path: readonly string[] = []): Difference[] =>
  [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((name) => {
    const [was, value] = [fieldOf(from, name), fieldOf(to, name)];
    const here = [...path, name];
    if (isJson(was) && isJson(value)) return differences(was, value, here);
    if (isSame(was, value)) return [];
    return [{ path: here, ...(was === undefined ? {} : { was }), ...(value === undefined ? {} : { value }) }];
  });

const at = (object: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isJson(value) ? fieldOf(value, name) : undefined), object);

const put = (object: Json, [name = '', ...rest]: readonly string[], value: unknown): Json =>
  withField(object, name, rest.length === 0 ? value : put(jsonOf(fieldOf(object, name)), rest, value));

const startsWith = (path: readonly string[], prefix: readonly string[]): boolean => prefix.every((name, at) => path[at] === name);

/** Paths that are about one thing: a difference in one of them counts only together with those in the others. */
export type Together = readonly (readonly string[])[];

const groupOf = ({ path }: Difference, groups: readonly Together[]): string => {
  const index = groups.findIndex((group) => group.some((prefix) => startsWith(path, prefix)));
  return index < 0 ? JSON.stringify(path) : String(index);
};

/**
 * Carries differences over to an object, as long as what was there when they were found is still there. What has been changed since
 * stays as it was changed, and so does everything that is `together` with it.
 */
export const applyDifferences = (object: Json, found: readonly Difference[], together: readonly Together[] = []): Json => {
  const changed = new Set(found.filter(({ path, was }) => !isSame(at(object, path), was)).map((each) => groupOf(each, together)));
  return found
    .filter((each) => !changed.has(groupOf(each, together)))
    .reduce((result, { path, value }) => put(result, path, value), object);
};
