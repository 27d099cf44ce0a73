/** A resource as discovery tells of it. */
export type Served = {
  group: string;
  version: string;
  kind: string;
  plural: string;
  preferred: boolean;
  scope: 'Namespaced' | 'Cluster';
  verbs: readonly string[];
};

/** Groups under which one and the same resource is served; an object of one counts as one of the other. */
const cohabiting: Record<string, readonly string[]> = {
  deployments: ['apps', 'extensions'],
  daemonsets: ['apps', 'extensions'],
  replicasets: ['apps', 'extensions'],
  networkpolicies: ['networking.k8s.io', 'extensions'],
  events: ['', 'events.k8s.io'],
};

const homes = ({ group, plural }: Served): readonly string[] => {
  const groups = cohabiting[plural];
  return groups?.includes(group) ? groups : [group];
};

const isCompatible = (each: Served, destination: readonly Served[]): boolean =>
  destination.some(
    ({ group, version, kind }) => kind === each.kind && homes(each).includes(group) && (group !== each.group || version === each.version),
  );

const isExcluded = ({ plural, group }: Served, excluded: readonly string[]): boolean =>
  excluded.includes(plural) || excluded.includes(`${plural}.${group}`);

const crdVersions = (served: readonly Served[]): string =>
  served
    .filter(({ plural, group }) => plural === 'customresourcedefinitions' && group === 'apiextensions.k8s.io')
    .map(({ version }) => version)
    .sort()
    .join();

/** The preferred, listable resources of the source in namespaces that the destination does not serve in the same version. */
export const incompatibleResources = (source: readonly Served[], destination: readonly Served[], excluded: readonly string[]): Served[] =>
  source.filter(
    (each) =>
      each.preferred &&
      each.verbs.includes('list') &&
      (each.scope === 'Namespaced' || (each.plural === 'customresourcedefinitions' && crdVersions(source) !== crdVersions(destination))) &&
      !isExcluded(each, excluded) &&
      !isCompatible(each, destination),
  );
