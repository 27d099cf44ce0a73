import { groupResource } from '../group-resource.ts';

/** Where an object lies in the archive. */
export type EntryName = { resource: string; namespace: string; name: string };

const under = (base: string, namespace: string, name: string): string =>
  namespace === '' ? `${base}/cluster/${name}.json` : `${base}/namespaces/${namespace}/${name}.json`;

/** The path of an object below `resources/`, or below another root. */
export const entryPath = ({ resource, namespace, name }: EntryName, root = 'resources'): string =>
  under(`${root}/${resource}`, namespace, name);

/** The two paths of an object: the plain one and the one under the preferred version. */
export const entryPaths = (
  resource: { group: string; version: string; plural: string },
  namespace: string,
  name: string,
): [string, string] => {
  const plain = groupResource(resource);
  return [
    entryPath({ resource: plain, namespace, name }),
    under(`resources/${plain}/${resource.version}-preferredversion`, namespace, name),
  ];
};

/** Reads a plain path; undefined for versioned copies and everything that is no object. */
export const parseEntryPath = (path: string): EntryName | undefined => {
  const parts = path.split('/');
  const [root, resource = '', scope, third = ''] = parts;
  if (root !== 'resources' || !path.endsWith('.json')) return undefined;
  if (scope === 'cluster' && parts.length === 4) return { resource, namespace: '', name: third.slice(0, -5) };
  if (scope === 'namespaces' && parts.length === 5) return { resource, namespace: third, name: (parts[4] ?? '').slice(0, -5) };
  return undefined;
};
