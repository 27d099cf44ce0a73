import { ApiError } from './errors.ts';
import { type Answer, parsedAnswer, refusal } from './refusal.ts';
import { apiVersionOf, resourcePath } from './resource.ts';
import { type Ask, nameOf, type Sender } from './send.ts';
import type { StatusEndpoints } from './status-endpoint.ts';
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

type Perform = <T>(resource: Resource, write: Write, options: WriteOptions) => Promise<T>;

/** Sends writes, those of status to where the cluster keeps it. */
const performerTo = (sender: Sender, endpoints: StatusEndpoints): Perform => {
  const attempt = async (
    resource: Resource,
    write: Write,
    options: WriteOptions,
    subresource: string | undefined,
  ): Promise<[Ask, Answer]> => {
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
    return [ask, await sender.send(ask)];
  };

  /** Writes status with the object; applying must not bring back an object that is gone, as it would without its uid. */
  const withObject = async (resource: Resource, write: Write, options: WriteOptions): Promise<[Ask, Answer]> => {
    if (write.verb !== 'apply') return attempt(resource, write, options, undefined);
    const ask: Ask = {
      verb: 'get',
      resource: resource.plural,
      method: 'GET',
      path: resourcePath(resource, write.name),
      signal: options.signal,
    };
    const answer = await sender.send(ask);
    if (answer.status !== 200) return [ask, answer];
    const { uid } = parsedAnswer<KubeObject>(answer, nameOf(sender.server, ask)).metadata;
    const body = write.body as KubeObject;
    return attempt(resource, { ...write, body: { ...body, metadata: { uid, ...body.metadata } } }, options, undefined);
  };

  return async <T>(resource: Resource, write: Write, options: WriteOptions): Promise<T> => {
    const { subresource } = options;
    const isStatus = subresource === 'status';
    const isKnownShared = isStatus && endpoints.isShared(resource);
    let [ask, answer] = isKnownShared ? await withObject(resource, write, options) : await attempt(resource, write, options, subresource);
    if (isStatus && !isKnownShared && answer.status === 404 && (await endpoints.ask(resource)) === 'shared')
      [ask, answer] = await withObject(resource, write, options);
    if (answer.status >= 300) throw refusal(answer, nameOf(sender.server, ask));
    return parsedAnswer<T>(answer, nameOf(sender.server, ask));
  };
};

/** The writing half of a client. */
export const writerTo = (sender: Sender, endpoints: StatusEndpoints) => {
  const perform = performerTo(sender, endpoints);
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
