/** A reference from one object to the object that owns it. */
export type OwnerReference = {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
};

/** Metadata as an API server returns it. */
export type ObjectMeta = {
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
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
};

/** Any object of any API: raw JSON, of which no field is ever lost. */
export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
};

/** Names a resource of an API; the phantom `object` carries the type of its objects. */
export type Resource<T extends KubeObject = KubeObject> = {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly object?: T;
};

/** Names one object; `namespace` is absent for cluster-scoped ones. */
export type ObjectName = { namespace?: string | undefined; name: string };

/** One answer to a list request: a page, or all pages joined. */
export type List<T> = { items: T[]; resourceVersion: string; continue?: string; remaining?: number };

/** What a list or watch is limited to. Omitted `namespace`: all namespaces. */
export type ListOptions = {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Objects in a page; default 500. */
  pageSize?: number | undefined;
  signal?: AbortSignal | undefined;
};

/** How a write is done. `dryRun` sends `dryRun=All`: admission answers, nothing is stored. */
export type WriteOptions = {
  dryRun?: boolean | undefined;
  fieldManager?: string | undefined;
  subresource?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** Server-side apply; `force` takes fields over from other managers. */
export type ApplyOptions = WriteOptions & { fieldManager: string; force?: boolean | undefined };

/** Patch bodies: merge patch (an object) or JSON patch (a list of operations). */
export type PatchOptions = WriteOptions & { type?: 'merge' | 'json' | 'strategic' | undefined };

/** Delete; the preconditions refuse an object that is another one by now (409). */
export type DeleteOptions = WriteOptions & {
  uid?: string | undefined;
  resourceVersion?: string | undefined;
  propagation?: 'Foreground' | 'Background' | 'Orphan' | undefined;
  gracePeriodSeconds?: number | undefined;
};

/** One resource that an API server serves, from discovery. */
export type ServedResource = Resource & {
  singular: string;
  shortNames: string[];
  verbs: string[];
  subresources: string[];
  /** True for the version that the server prefers for this group. */
  preferred: boolean;
};

/** How a process in a container ended, and what it wrote. */
export type ExecResult = { exitCode: number; stdout: string; stderr: string };

/** A running exec. `stdin` is optional input; `onOutput` sees output as it comes. */
export type ExecOptions = {
  container?: string | undefined;
  stdin?: Uint8Array | string | undefined;
  onOutput?: ((stream: 'stdout' | 'stderr', chunk: Buffer) => void) | undefined;
  signal?: AbortSignal | undefined;
};

/** Which part of a container's log is wanted. */
export type LogOptions = {
  container?: string | undefined;
  follow?: boolean | undefined;
  tailLines?: number | undefined;
  previous?: boolean | undefined;
  sinceTime?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** How often each kind of request was sent; for metrics and for the benchmark of API calls. */
export type RequestCount = { verb: string; resource: string; count: number };

/**
 * One cluster, over one pool of connections. Every call sends raw JSON and returns raw JSON.
 * Absent objects are values (`undefined`), all other refusals throw `ApiError`; connection faults throw `ConnectionError`.
 */
export type Client = {
  /** The API server's URL, for messages and for telling clusters apart. */
  readonly server: string;
  get<T extends KubeObject>(resource: Resource<T>, name: ObjectName): Promise<T | undefined>;
  /** Lists page by page and joins the pages. */
  list<T extends KubeObject>(resource: Resource<T>, options?: ListOptions): Promise<List<T>>;
  /** Lists page by page, keeping one page in memory. */
  pages<T extends KubeObject>(resource: Resource<T>, options?: ListOptions): AsyncIterable<List<T>>;
  /** Creates; throws `ApiError` with reason AlreadyExists when the name is taken. */
  create<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T>;
  /** Replaces the whole object; the resourceVersion in it guards against lost updates. */
  replace<T extends KubeObject>(resource: Resource<T>, object: T, options?: WriteOptions): Promise<T>;
  patch<T extends KubeObject>(resource: Resource<T>, name: ObjectName, patch: unknown, options?: PatchOptions): Promise<T>;
  apply<T extends KubeObject>(resource: Resource<T>, object: unknown, options: ApplyOptions): Promise<T>;
  /** Deletes; an absent object is success. */
  delete(resource: Resource, name: ObjectName, options?: DeleteOptions): Promise<void>;
  /** Everything that the server serves, from aggregated discovery; `fresh` asks again. */
  discover(options?: { fresh?: boolean }): Promise<ServedResource[]>;
  exec(pod: ObjectName, command: readonly string[], options?: ExecOptions): Promise<ExecResult>;
  /** The log as text chunks; with `follow` until the container ends. */
  logs(pod: ObjectName, options?: LogOptions): AsyncIterable<string>;
  /** Opens a local port on 127.0.0.1 that leads to a port of a pod. */
  portForward(pod: ObjectName, port: number): Promise<{ port: number; close(): Promise<void> }>;
  /** Any other path, for instance `/version`; parsed JSON or text. `watch` streams use `stream`. */
  request<T = unknown>(
    method: string,
    path: string,
    options?: { body?: unknown; contentType?: string; query?: Record<string, string>; signal?: AbortSignal },
  ): Promise<T>;
  /** An open response as lines of JSON text, for watches. */
  lines(path: string, query: Record<string, string>, signal: AbortSignal): AsyncIterable<string>;
  /** Requests sent so far by verb and resource. */
  counts(): RequestCount[];
  close(): Promise<void>;
};

/** Everything a watch can tell; only the watch machine knows of bookmarks, expired versions and lost connections. */
export type WatchEvent<T> =
  | { type: 'listing' }
  | { type: 'listed'; object: T }
  | { type: 'settled'; resourceVersion: string }
  | { type: 'applied'; object: T }
  | { type: 'deleted'; object: T };
