import type { ServedResource } from '@godwit/kube';
import type { EntryName } from '../archive/entry-path.ts';
import { GR } from '../group-resource.ts';
import type { RestoreSpec } from '../velero.ts';
import { namespaceFilter } from './namespace-filter.ts';
import { resourceFilter } from './resource-names.ts';

/** Group-resources that are never restored. */
export const NEVER_RESTORED: readonly string[] = [
  'nodes',
  'events',
  'events.events.k8s.io',
  'backups.velero.io',
  'restores.velero.io',
  'resticrepositories.velero.io',
  'csinodes.storage.k8s.io',
  'volumeattachments.storage.k8s.io',
  'backuprepositories.velero.io',
];

/** Which entries of an archive are restored by themselves, and which may come along because another one needs them. */
export type RestoreFilter = { takes(entry: EntryName): boolean; admits(entry: EntryName): boolean };

/** Names that the archive itself speaks of count as served, so that filters work for kinds that the target lacks. */
const fromArchive = (resource: string): ServedResource => {
  const dot = resource.indexOf('.');
  const [plural, group] = dot < 0 ? [resource, ''] : [resource.slice(0, dot), resource.slice(dot + 1)];
  return {
    group,
    version: '',
    kind: plural,
    plural,
    singular: plural,
    shortNames: [],
    scope: 'Namespaced',
    verbs: [],
    subresources: [],
    preferred: false,
  };
};

/** Reads the filters of a restore; namespaces are those of the source, and patterns resolve against the archive. */
export const restoreFilter = (spec: RestoreSpec, entries: readonly EntryName[], served: readonly ServedResource[]): RestoreFilter => {
  const inArchive = [...new Set(entries.map(({ resource }) => resource))].map(fromArchive);
  const known = [...served, ...inArchive];
  const wanted = resourceFilter(spec.includedResources, [...(spec.excludedResources ?? []), ...NEVER_RESTORED], known);
  const names = new Set(entries.map(({ resource, namespace, name }) => (resource === GR.namespaces ? name : namespace)));
  const namespaces = namespaceFilter(spec.includedNamespaces, spec.excludedNamespaces, [...names].filter(Boolean));
  const cluster = spec.includeClusterResources;
  return {
    takes: ({ resource, namespace, name }) => {
      if (!wanted(resource)) return false;
      if (resource === GR.namespaces) return namespaces.passes(name);
      return namespace === '' ? (cluster ?? namespaces.everything) : namespaces.passes(namespace);
    },
    admits: ({ resource, namespace }) => wanted(resource) && (namespace === '' ? cluster !== false : namespaces.passes(namespace)),
  };
};
