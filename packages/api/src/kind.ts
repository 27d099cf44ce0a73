import type { z } from 'zod';
import type { Rule } from './rules.ts';

/** Metadata of an object; the same shape that `@godwit/kube` uses. */
export type Metadata = {
  name?: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: { apiVersion: string; kind: string; name: string; uid: string; controller?: boolean; blockOwnerDeletion?: boolean }[];
  finalizers?: string[];
};

/** A column that `kubectl get` prints; `priority` 1 shows only with `-o wide`. */
export type Column = { name: string; type: 'string' | 'integer' | 'boolean' | 'date'; jsonPath: string; priority?: number };

/** An earlier version in which a kind is served too, by converting; clients are warned that it goes. */
export type EarlierVersion = {
  readonly version: string;
  readonly deprecationWarning: string;
  readonly specSchema: z.ZodType;
  readonly statusSchema: z.ZodType;
};

/** Who a kind is. `status` says how its status is written: through the subresource, or with the whole object. */
export type Identity = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  /** What the kind is for, in one sentence; `kubectl explain` shows it. */
  readonly description: string;
  readonly status: 'subresource' | 'whole';
  readonly shortNames?: readonly string[];
  readonly columns?: readonly Column[];
  /** Groups of kinds that `kubectl get` asks for with one word. */
  readonly categories?: readonly string[];
  /** Labels of the definition itself. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Where `kubectl scale` finds the wanted and the present number. */
  readonly scale?: { readonly specReplicasPath: string; readonly statusReplicasPath: string };
  /** Rules over the whole object, besides those in its schemas. */
  readonly validations?: readonly Rule[];
  /** Versions before this one. Not served before an operator converts them: without it the server would lose what only they say. */
  readonly earlier?: readonly EarlierVersion[];
};

/** An object of a kind with this spec and status. */
export type Typed<Spec, Status> = { apiVersion: string; kind: string; metadata: Metadata; spec: Spec; status?: Status };

/** A kind: its identity and its two schemas, from which type, CRD, columns and reference come. */
export type Kind<Spec extends z.ZodType = z.ZodType, Status extends z.ZodType = z.ZodType> = Identity & {
  readonly specSchema: Spec;
  readonly statusSchema: Status;
  readonly object?: Typed<z.infer<Spec>, z.infer<Status>>;
};

/** The type of a kind's objects. */
export type ObjectOf<K extends { object?: unknown }> = NonNullable<K['object']>;

/** Declares a kind. */
export const kind = <Spec extends z.ZodType, Status extends z.ZodType>(
  identity: Identity,
  specSchema: Spec,
  statusSchema: Status,
): Kind<Spec, Status> => ({
  ...identity,
  specSchema,
  statusSchema,
});

/** `group/version` of a resource, or only the version for the core group. */
export const apiVersionOf = ({ group, version }: { group: string; version: string }): string =>
  group === '' ? version : `${group}/${version}`;
