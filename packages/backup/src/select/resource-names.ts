import type { ServedResource } from '@godwit/kube';
import { groupResource } from '../group-resource.ts';

const isCalled = (resource: ServedResource, name: string): boolean =>
  groupResource(resource) === name ||
  resource.plural === name ||
  resource.singular === name ||
  resource.kind.toLowerCase() === name ||
  resource.shortNames.some((short) => short.toLowerCase() === name) ||
  `${resource.plural}.${resource.version}.${resource.group}` === name;

const coreFirst = (a: ServedResource, b: ServedResource): number => Number(a.group !== '') - Number(b.group !== '');

/** Whether a list is meant for every resource. */
export const meansAll = (names: readonly string[]): boolean => names.includes('*');

/** Turns names that people write (short, singular, with group, in any case) into group-resources; a name that nobody serves is left out. */
export const resolveResources = (names: readonly string[], served: readonly ServedResource[]): string[] => {
  const ordered = served.toSorted(coreFirst);
  const resolve = (name: string): string[] => {
    const resource = ordered.find((each) => isCalled(each, name.toLowerCase()));
    return resource ? [groupResource(resource)] : [];
  };
  return [...new Set(names.filter((name) => name !== '*').flatMap(resolve))];
};

/** Two lists of resources as a question: included (an empty list or `*` includes all) and not excluded. */
export const resourceFilter = (
  includes: readonly string[] = [],
  excludes: readonly string[] = [],
  served: readonly ServedResource[],
): ((name: string) => boolean) => {
  const all = includes.length === 0 || meansAll(includes);
  const included = new Set(resolveResources(includes, served));
  const excluded = new Set([...resolveResources(excludes, served), ...excludes]);
  return (name) => (all || included.has(name)) && !excluded.has(name);
};
