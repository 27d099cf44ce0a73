import type { ServedResource } from '@godwit/kube';
import { GR, groupResource } from '../group-resource.ts';
import type { BackupSpec } from '../velero.ts';
import type { NamespaceFilter } from './namespace-filter.ts';
import { meansAll, resolveResources, resourceFilter } from './resource-names.ts';

type Kind = { group: string; plural: string; scope: 'Namespaced' | 'Cluster' };

/** What a backup lists by itself, and what may come along because another object needs it. */
export type BackupFilter = {
  lists(resource: Kind): boolean;
  admits(resource: Kind, namespace?: string): boolean;
  /** Whether the definitions of custom resources come along with their objects. */
  readonly addsDefinitions: boolean;
};

const NEW_FILTERS = [
  'includedClusterScopedResources',
  'excludedClusterScopedResources',
  'includedNamespaceScopedResources',
  'excludedNamespaceScopedResources',
] as const;

const OLD_FILTERS = ['includedResources', 'excludedResources'] as const;

/** Whether the spec uses the filters that tell cluster-scoped resources from namespaced ones. */
export const usesNewFilters = (spec: BackupSpec): boolean => NEW_FILTERS.some((key) => (spec[key]?.length ?? 0) > 0);

/** Whether the spec uses the older filters, one list for all resources. */
export const usesOldFilters = (spec: BackupSpec): boolean =>
  spec.includeClusterResources !== undefined || OLD_FILTERS.some((key) => (spec[key]?.length ?? 0) > 0);

const oldFilter = (spec: BackupSpec, namespaces: NamespaceFilter, served: readonly ServedResource[]): BackupFilter => {
  const passes = resourceFilter(
    spec.includedResources,
    spec.excludedResources?.filter((name) => name !== '*'),
    served,
  );
  const cluster = spec.includeClusterResources;
  const listsCluster = cluster ?? namespaces.everything;
  const excluded = resolveResources(spec.excludedResources ?? [], served);
  return {
    lists: (resource) => passes(groupResource(resource)) && (resource.scope === 'Namespaced' || listsCluster),
    admits: (resource, namespace) =>
      passes(groupResource(resource)) && (resource.scope === 'Cluster' ? cluster !== false : namespaces.passes(namespace ?? '')),
    addsDefinitions: cluster !== false && !excluded.includes(GR.definitions),
  };
};

const newFilter = (spec: BackupSpec, namespaces: NamespaceFilter, served: readonly ServedResource[]): BackupFilter => {
  const { includedClusterScopedResources: clusterIncludes = [], excludedClusterScopedResources: clusterExcludes = [] } = spec;
  const { includedNamespaceScopedResources: innerIncludes = [], excludedNamespaceScopedResources: innerExcludes = [] } = spec;
  const inner = resourceFilter(innerIncludes, innerExcludes, served);
  const cluster = resourceFilter(clusterIncludes, clusterExcludes, served);
  const notExcluded = resourceFilter([], clusterExcludes, served);
  const restricted = !namespaces.everything || (innerIncludes.length > 0 && !meansAll(innerIncludes));
  const listsCluster = (name: string) => (clusterIncludes.length === 0 && restricted ? false : cluster(name));
  const admitsCluster = (name: string) => !meansAll(clusterExcludes) && notExcluded(name);
  const passesInner = (name: string) => !meansAll(innerExcludes) && inner(name);
  return {
    lists: (resource) => {
      const name = groupResource(resource);
      return resource.scope === 'Cluster' ? admitsCluster(name) && listsCluster(name) : passesInner(name);
    },
    admits: (resource, namespace) => {
      const name = groupResource(resource);
      return resource.scope === 'Cluster' ? admitsCluster(name) : passesInner(name) && namespaces.passes(namespace ?? '');
    },
    addsDefinitions: admitsCluster(GR.definitions),
  };
};

/** Reads the resource filters of a backup, old or new, as one set of questions. Namespace objects follow a rule of their own. */
export const backupFilter = (spec: BackupSpec, namespaces: NamespaceFilter, served: readonly ServedResource[]): BackupFilter =>
  usesNewFilters(spec) ? newFilter(spec, namespaces, served) : oldFilter(spec, namespaces, served);
