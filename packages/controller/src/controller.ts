import { type Client, type KubeObject, keyOf as keyOfName, type ListOptions, type ObjectName, type Resource } from '@godwit/kube';
import type { Delay } from './verdict.ts';

/** Objects whose changes wake a controller. `keys` maps a changed object to the keys to work on; deleted objects are passed too. */
export type Source<T extends KubeObject = KubeObject> = {
  client: Client;
  resource: Resource<T>;
  namespace?: string;
  labelSelector?: string;
  keys: (object: T) => readonly string[];
};

/** What one round of work learns from the runtime. */
export type Round = {
  signal: AbortSignal;
  /** Starts watching a further source (for instance of a cluster that was just added); a second call for the same one does nothing. */
  watch<T extends KubeObject>(source: Source<T>): void;
  /** Wakes a key of this controller, now or after some seconds. */
  wake(key: string, afterSeconds?: number): void;
};

/** A controller: what wakes it and what it does for one key (`namespace/name`, or `name`). A thrown error comes back after backoff with jitter. */
export type Controller = {
  name: string;
  sources: readonly Source[];
  /** Keys worked on at a time; default 4. One key is never worked on twice at a time. */
  concurrency?: number;
  reconcile: (key: string, round: Round) => Promise<{ after?: Delay } | undefined>;
};

/** Read access to objects that a shared watch keeps up to date; they lack `metadata.managedFields`. */
export type Reader<T extends KubeObject> = {
  get(name: ObjectName): T | undefined;
  list(namespace?: string): readonly T[];
};

/** Opens (or shares) the watch of a resource and resolves when it has been filled once. */
export type Cache = <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  options?: Pick<ListOptions, 'namespace' | 'labelSelector'>,
) => Promise<Reader<T>>;

/** The key of an object, as stores and controllers use it. */
export const keyOf = ({ metadata }: { metadata: Parameters<typeof keyOfName>[0] }): string => keyOfName(metadata);

/** The object name behind a key. */
export { nameOfKey as nameOf } from '@godwit/kube';
