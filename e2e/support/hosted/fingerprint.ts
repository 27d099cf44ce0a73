import { createHash } from 'node:crypto';
import type { Kubectl } from '@godwit/example-shop';

type Item = { kind: string; metadata: Record<string, unknown> & { name: string; namespace?: string }; type?: string };

/**
 * Kinds whose objects belong to users or to the cluster's own identity and do not change by themselves. Leases, Events, EndpointSlices
 * and the status of Nodes and Pods live on, so that they differ from one second to the next.
 */
const KINDS = [
  'namespaces',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'services',
  'persistentvolumes',
  'persistentvolumeclaims',
  'customresourcedefinitions',
  'marks.example.com',
  'roles',
  'rolebindings',
  'clusterroles',
  'clusterrolebindings',
  'controllerrevisions',
  'storageclasses',
  'priorityclasses',
] as const;

/** Bootstrap tokens are made anew by the pool's controller, on purpose. */
const livesOn = ({ type }: Item): boolean => type === 'bootstrap.kubernetes.io/token';

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, each]) => [key, sorted(each)]),
  );
};

const hashOf = (item: Item): string => {
  const { resourceVersion: _, managedFields: __, ...metadata } = item.metadata;
  return createHash('sha256')
    .update(JSON.stringify(sorted({ ...item, metadata })))
    .digest('hex');
};

/** SHA-256 of every object without resourceVersion and managedFields, by kind, namespace and name. */
export const fingerprint = async (hosted: Kubectl): Promise<Map<string, string>> => {
  const { items } = JSON.parse(await hosted.run(['get', KINDS.join(','), '--all-namespaces', '-o', 'json'])) as { items: Item[] };
  return new Map(
    items
      .filter((item) => !livesOn(item))
      .map((item) => [`${item.kind} ${item.metadata.namespace ?? ''}/${item.metadata.name}`, hashOf(item)]),
  );
};

/** What is missing, new or changed, one sentence each. */
export const changesBetween = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] => [
  ...[...before].flatMap(([name, hash]) => {
    const now = after.get(name);
    if (now === undefined) return [`${name} is missing`];
    return now === hash ? [] : [`${name} has changed`];
  }),
  ...[...after.keys()].filter((name) => !before.has(name)).map((name) => `${name} is new`),
];
