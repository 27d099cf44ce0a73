import { isPattern, matchesGlob } from './glob.ts';

/** Which namespaces take part. */
export type NamespaceFilter = {
  /** True when neither list restricts anything. */
  readonly everything: boolean;
  /** The included namespaces by name; undefined when all are included but for the excluded ones. */
  readonly names: readonly string[] | undefined;
  passes(namespace: string): boolean;
};

/** Resolves the two lists against the namespaces that exist; names without a pattern pass through even when they do not. */
export const namespaceFilter = (
  includes: readonly string[] = [],
  excludes: readonly string[] = [],
  existing: readonly string[] = [],
): NamespaceFilter => {
  const all = includes.length === 0 || includes.includes('*');
  const excluded = (name: string) => excludes.some((pattern) => matchesGlob(pattern, name));
  const expand = (entry: string) => (isPattern(entry) ? existing.filter((name) => matchesGlob(entry, name)) : [entry]);
  const names = all ? undefined : [...new Set(includes.flatMap(expand))].filter((name) => !excluded(name)).sort();
  const included = new Set(names);
  return {
    everything: all && excludes.length === 0,
    names,
    passes: (name) => (all ? !excluded(name) : included.has(name)),
  };
};
