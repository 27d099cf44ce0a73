import type { ServedResource } from '@godwit/kube';
import { GR, groupResource } from '../group-resource.ts';

const NEEDED_VERBS = ['list', 'create', 'get', 'delete'];
const FIRST: readonly string[] = [GR.pods, GR.claims, GR.volumes];

/** Kinds that two groups serve from the same storage; the group that is named first is kept where both are served. */
const COHABITANTS: Record<string, readonly [string, string]> = {
  deployments: ['apps', 'extensions'],
  daemonsets: ['apps', 'extensions'],
  replicasets: ['apps', 'extensions'],
  networkpolicies: ['networking.k8s.io', 'extensions'],
  events: ['', 'events.k8s.io'],
};

/** One version of each resource: the one that the server prefers for the group, else the first that it names. */
const preferredVersions = (served: readonly ServedResource[]): ServedResource[] => {
  const chosen = new Map<string, ServedResource>();
  for (const resource of served) {
    const before = chosen.get(groupResource(resource));
    if (before === undefined || (resource.preferred && !before.preferred)) chosen.set(groupResource(resource), resource);
  }
  return [...chosen.values()];
};

/** Leaves out what another group serves as well, so that no object is backed up twice. */
const withoutCohabitants = (resources: readonly ServedResource[]): ServedResource[] => {
  const served = new Set(resources.map(groupResource));
  return resources.filter(({ plural, group }) => {
    const [kept, dropped] = COHABITANTS[plural] ?? [];
    return kept === undefined || group !== dropped || !served.has(groupResource({ plural, group: kept }));
  });
};

const rank = (resource: ServedResource): number => {
  const first = FIRST.indexOf(groupResource(resource));
  if (first >= 0) return first;
  return resource.group === '' ? FIRST.length : FIRST.length + 1;
};

const inOrder = (a: ServedResource, b: ServedResource): number =>
  rank(a) - rank(b) || a.group.localeCompare(b.group) || a.plural.localeCompare(b.plural);

/** The resources that a backup can hold, in the order of the archive: pods, claims, volumes, the core group, the rest. */
export const chooseResources = (served: readonly ServedResource[]): ServedResource[] => {
  const usable = served.filter(({ verbs }) => NEEDED_VERBS.every((verb) => verbs.includes(verb)));
  return withoutCohabitants(preferredVersions(usable)).sort(inOrder);
};
