import type { KubeObject, ObjectName, Resource } from './types.ts';

/** The apiVersion of the objects of a resource: `v1` for the core group, `group/version` otherwise. */
export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;

/** Where a resource lives on an API server; without a namespace, namespaced resources answer for all namespaces. */
export const resourcePath = (resource: Resource, name: Partial<ObjectName> = {}, subresource?: string): string => {
  const root = resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const namespace = resource.scope === 'Namespaced' && name.namespace ? `/namespaces/${encodeURIComponent(name.namespace)}` : '';
  const object = name.name === undefined ? '' : `/${encodeURIComponent(name.name)}`;
  return `${root}${namespace}/${resource.plural}${object}${subresource === undefined ? '' : `/${subresource}`}`;
};

/**
 * Names a resource in one line: `resource('apps/v1', 'Deployment', 'deployments')`, with scope Namespaced by default.
 */
export const resource = <T extends KubeObject = KubeObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  scope: Resource['scope'] = 'Namespaced',
): Resource<T> => {
  const slash = apiVersion.indexOf('/');
  return { group: apiVersion.slice(0, Math.max(slash, 0)), version: apiVersion.slice(slash + 1), kind, plural, scope };
};
