import type { KubeObject } from '@godwit/kube';
import { parseAllDocuments } from 'yaml';
import { textOf } from '../../read-input.ts';
import { usage } from '../../usage.ts';

const isObject = (value: unknown): value is KubeObject => {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<KubeObject>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata?.name === 'string';
};

const itemsOf = (value: unknown): unknown[] => {
  const { kind, items } = (value ?? {}) as { kind?: string; items?: unknown[] };
  return kind === 'List' && Array.isArray(items) ? items : [value];
};

const CLUSTER_SCOPED = new Set(['Namespace']);

/** The objects of a file (`-` is standard input); those without a namespace get this one. One of them must be a HostedCluster. */
export const readObjects = (path: string, namespace: string): KubeObject[] => {
  const documents = parseAllDocuments(textOf('--filename', path));
  const [broken] = documents.flatMap(({ errors }) => errors);
  if (broken !== undefined)
    throw usage(`${path} is no YAML`, broken.message.split('\n')[0] ?? '', 'the command with a file of Kubernetes objects');
  const objects = documents
    .map((each) => each.toJS() as unknown)
    .filter((each) => each !== null)
    .flatMap(itemsOf);
  const odd = objects.findIndex((each) => !isObject(each));
  if (odd >= 0)
    throw usage(
      `${path}: object ${odd + 1} is none`,
      'it needs apiVersion, kind and metadata.name',
      'the command with a file of Kubernetes objects',
    );
  const named = (objects as KubeObject[]).map((each) =>
    each.metadata.namespace !== undefined || CLUSTER_SCOPED.has(each.kind) ? each : { ...each, metadata: { ...each.metadata, namespace } },
  );
  if (named.some(({ kind }) => kind === 'HostedCluster')) return named;
  throw usage(
    `${path} holds no HostedCluster`,
    `it holds ${named.map(({ kind }) => kind).join(', ') || 'nothing'}`,
    'kubectl apply -f, for other objects',
  );
};
