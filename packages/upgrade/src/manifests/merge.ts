const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The entry of a list that an entry speaks of: the one of the same name, or one that already says all of it. */
const counterpart = (list: readonly unknown[], wanted: unknown): number =>
  list.findIndex((each) => {
    if (isRecord(wanted) && isRecord(each) && typeof wanted.name === 'string') return each.name === wanted.name;
    return isSame(each, wanted) || (isRecord(wanted) && isRecord(each) && isSame(each, mustHave(each, wanted)));
  });

const mergeLists = (live: readonly unknown[], wanted: readonly unknown[]): unknown[] => {
  const merged = [...live];
  for (const each of wanted) {
    const at = counterpart(merged, each);
    if (at < 0) merged.push(each);
    else merged[at] = mustHave(merged[at], each);
  }
  return merged;
};

/** What is there with what must be there: fields are set, entries of lists added, nothing is taken away. */
export const mustHave = (live: unknown, wanted: unknown): unknown => {
  if (Array.isArray(live) && Array.isArray(wanted)) return mergeLists(live, wanted);
  if (!isRecord(live) || !isRecord(wanted)) return wanted;
  const fields = Object.keys(wanted).map(
    (key) => [key, Object.hasOwn(live, key) ? mustHave(live[key], wanted[key]) : wanted[key]] as const,
  );
  return { ...live, ...Object.fromEntries(fields) };
};
