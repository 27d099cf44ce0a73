import type { Metadata } from '../kind.ts';

/** An object as an API server returns it: the type of kubernetes-types with apiVersion, kind and metadata always there. */
export type Complete<T> = Omit<T, 'apiVersion' | 'kind' | 'metadata'> & { apiVersion: string; kind: string; metadata: Metadata };

/** A kind of the cluster's own, with the type of its objects. */
export type CoreKind<T> = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly object?: Complete<T>;
};

/** Declares kinds of one group and version: `namespaced` and `cluster` take kind and plural. */
export const inGroup = (group: string, version: string) => ({
  namespaced: <T>(kind: string, plural: string): CoreKind<T> => ({ group, version, kind, plural, scope: 'Namespaced' }),
  cluster: <T>(kind: string, plural: string): CoreKind<T> => ({ group, version, kind, plural, scope: 'Cluster' }),
});
