import { isDeepStrictEqual } from 'node:util';

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

const patchOf = (before: Fields, after: Fields): Fields | undefined => {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changes = keys.flatMap((key) => {
    const [was, is] = [before[key], after[key]];
    if (is === undefined) return was === undefined ? [] : [[key, null]];
    if (isDeepStrictEqual(was, is)) return [];
    if (!isFields(is)) return [[key, is]];
    // An absent or scalar value takes the patch as its new value; undefined members must not become null there.
    const patch = patchOf(isFields(was) ? was : {}, is);
    return patch === undefined && isFields(was) ? [] : [[key, patch ?? {}]];
  });
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
};

/**
 * The smallest JSON merge patch that leads from one value to the other; members that are undefined count as absent.
 * `undefined` means that nothing differs: write nothing. Lists are replaced whole.
 */
export const statusPatch = (before: object | undefined, after: object): object | undefined =>
  patchOf((before ?? {}) as Fields, after as Fields);
