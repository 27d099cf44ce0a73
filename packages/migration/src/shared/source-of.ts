import { keyOf, type Source } from '@godwit/controller';
import type { Client, KubeObject, Resource } from '@godwit/kube';
import { whenChanged } from './when-changed.ts';

/** A source of unlike kinds in one list; the type of its objects is known to its own `keys` only. */
export const sourceOf = <T extends KubeObject>(source: Source<T>): Source => source as unknown as Source;

/** Wakes for every change of the spec of a kind's objects, and for their deletion. */
export const specChanges = <T extends KubeObject & { spec: unknown }>(client: Client, resource: Resource<T>, namespace: string): Source =>
  sourceOf({
    client,
    resource,
    namespace,
    keys: whenChanged<T>(
      ({ spec }) => spec,
      (object) => [keyOf(object)],
    ),
  });
