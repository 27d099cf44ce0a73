import type { KubeObject } from '@godwit/kube';
import type { StoredMeta } from '../velero.ts';

/** Any JSON object. */
export type Json = Record<string, unknown>;

/** A copy without these keys. */
export const omit = <T extends object>(object: T, ...keys: readonly string[]): T =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key))) as T;

/** A field as a JSON object; empty when it is absent or something else. */
export const part = (object: unknown, ...path: readonly string[]): Json => {
  let value: unknown = object;
  for (const key of path) value = typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
};

/** A field as a list of JSON objects; empty when it is absent. */
export const listPart = (object: unknown, key: string): Json[] => {
  const value = (object as Json)[key];
  return Array.isArray(value) ? (value as Json[]) : [];
};

/** The object with another spec; objects without a spec stay as they are. */
export const withSpec = (object: KubeObject, change: (spec: Json) => Json): KubeObject => {
  const { spec } = object as KubeObject & { spec?: unknown };
  return typeof spec === 'object' && spec !== null ? ({ ...object, spec: change(spec as Json) } as KubeObject) : object;
};

/** The object with other metadata. */
export const withMetadata = (object: KubeObject, change: (metadata: StoredMeta) => StoredMeta): KubeObject => ({
  ...object,
  metadata: change(object.metadata),
});

/** The object without these annotations. */
export const withoutAnnotations = (object: KubeObject, ...keys: readonly string[]): KubeObject =>
  object.metadata.annotations === undefined
    ? object
    : withMetadata(object, (metadata) => ({ ...metadata, annotations: omit(metadata.annotations ?? {}, ...keys) }));
