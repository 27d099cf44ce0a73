import { ApiError } from './errors.ts';
import { type Answer, parsedAnswer, refusal } from './refusal.ts';
import { apiVersionOf, resourcePath } from './resource.ts';
import { type Ask, nameOf, type Sender } from './send.ts';
import type { ApplyOptions, DeleteOptions, KubeObject, ObjectName, PatchOptions, Resource, WriteOptions } from './types.ts';

const PATCH_TYPES = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

type Write = { verb: string; method: string; name: Partial<ObjectName>; body: unknown; contentType?: string; force?: boolean | undefined };

/** An object carries its own name and, if it comes from us, its kind is the resource's. */
const nameIn = (object: unknown): Partial<ObjectName> => {
  const { name, namespace } = (object as KubeObject).metadata;
  return { ...(name === undefined ? {} : { name }), namespace };
};

const identified = (resource: Resource, object: object) => ({ ...object, apiVersion: apiVersionOf(resource), kind: resource.kind });

/** The server says which object it misses; a path that it does not serve at all is answered without a name. */
const isUnservedStatus = (answer: Answer, subresource: string | undefined): boolean => {
  if (subresource !== 'status' || answer.status !== 404) return false;
  const { details } = refusal(answer, '') as { details: { name?: string } | undefined };
  return !details?.name;
};

/** The writing half of a client. */
export const writerTo = (sender: Sender) => {
  /** Kinds whose CRD has no status subresource: their status is written with the object. */
  const withoutStatus = new Set<string>();

  const attempt = (resource: Resource, write: Write, options: WriteOptions, subresource: string | undefined): [Ask, Promise<Answer>] => {
    const ask: Ask = {
      verb: write.verb,
      resource: resource.plural,
      method: write.method,
      path: resourcePath(resource, write.name, subresource),
      query: {
        dryRun: options.dryRun ? 'All' : undefined,
        fieldManager: options.fieldManager,
        force: write.force ? 'true' : undefined,
      },
      body: JSON.stringify(write.body),
      contentType: write.contentType,
      signal: options.signal,
    };
    return [ask, sender.send(ask)];
  };

  const perform = async <T>(resource: Resource, write: Write, options: WriteOptions): Promise<T> => {
    const key = resourcePath(resource);
    const subresource = options.subresource === 'status' && withoutStatus.has(key) ? undefined : options.subresource;
    let [ask, pending] = attempt(resource, write, options, subresource);
    let answer = await pending;
    if (isUnservedStatus(answer, subresource)) {
      [ask, pending] = attempt(resource, write, options, undefined);
      answer = await pending;
      if (answer.status < 300) withoutStatus.add(key);
    }
    if (answer.status >= 300) throw refusal(answer, nameOf(sender.server, ask));
    return parsedAnswer<T>(answer, nameOf(sender.server, ask));
  };

  return {
    create: <T extends KubeObject>(resource: Resource<T>, object: T, options: WriteOptions = {}): Promise<T> => {
      const { name, namespace } = object.metadata;
      // Only subresources (for instance a token or a binding) are created below the name of an object.
      const path = options.subresource === undefined || name === undefined ? { namespace } : { name, namespace };
      const body = options.subresource === undefined ? identified(resource, object) : object;
      return perform<T>(resource, { verb: 'create', method: 'POST', name: path, body }, options);
    },
    replace: <T extends KubeObject>(resource: Resource<T>, object: T, options: WriteOptions = {}): Promise<T> =>
      perform<T>(resource, { verb: 'update', method: 'PUT', name: nameIn(object), body: object }, options),
    patch: <T extends KubeObject>(resource: Resource<T>, name: ObjectName, patch: unknown, options: PatchOptions = {}): Promise<T> =>
      perform<T>(
        resource,
        { verb: 'patch', method: 'PATCH', name, body: patch, contentType: PATCH_TYPES[options.type ?? 'merge'] },
        options,
      ),
    apply: <T extends KubeObject>(resource: Resource<T>, object: unknown, options: ApplyOptions): Promise<T> => {
      const body = identified(resource, object as object);
      const write = {
        verb: 'apply',
        method: 'PATCH',
        name: nameIn(object),
        contentType: 'application/apply-patch+yaml',
        force: options.force,
      };
      return perform<T>(resource, { ...write, body }, options);
    },
    delete: async (resource: Resource, name: ObjectName, options: DeleteOptions = {}): Promise<void> => {
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: options.propagation,
        gracePeriodSeconds: options.gracePeriodSeconds,
        ...(options.uid || options.resourceVersion
          ? { preconditions: { uid: options.uid, resourceVersion: options.resourceVersion } }
          : {}),
      };
      try {
        await perform(resource, { verb: 'delete', method: 'DELETE', name, body }, options);
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 404)) throw error;
      }
    },
  };
};
