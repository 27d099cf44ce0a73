import type { NamespacePair } from './scope.ts';

/** Reads `src` or `src:dst` entries of a plan. */
export const namespacePairs = (entries: readonly string[] = []): NamespacePair[] =>
  entries.map((entry) => {
    const [source = '', target = source] = entry.split(':');
    return { source, target };
  });

/** The mapping of those namespaces whose name changes; undefined when none does. */
export const namespaceMapping = (pairs: readonly NamespacePair[]): Record<string, string> | undefined => {
  const mapped = pairs.filter(({ source, target }) => source !== target);
  return mapped.length === 0 ? undefined : Object.fromEntries(mapped.map(({ source, target }) => [source, target]));
};
