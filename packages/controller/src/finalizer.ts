import type { Client, KubeObject, Resource } from '@godwit/kube';

/** Whether the object may not go before this finalizer is taken away. */
export const hasFinalizer = ({ metadata }: KubeObject, finalizer: string): boolean => metadata.finalizers?.includes(finalizer) ?? false;

/** Replaces the list only if nobody changed the object meanwhile: finalizers are an unowned list, which a merge would overwrite. */
const write = <T extends KubeObject>(client: Client, resource: Resource<T>, { metadata }: T, finalizers: readonly string[]): Promise<T> =>
  client.patch(
    resource,
    { namespace: metadata.namespace, name: metadata.name ?? '' },
    { metadata: { finalizers, resourceVersion: metadata.resourceVersion } },
  );

/** Adds the finalizer; an object that has it, or is being deleted, stays as it is. A conflict is thrown and may pass. */
export const withFinalizer = async <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  object: T,
  finalizer: string,
): Promise<T> =>
  hasFinalizer(object, finalizer) || object.metadata.deletionTimestamp
    ? object
    : write(client, resource, object, [...(object.metadata.finalizers ?? []), finalizer]);

/** Takes the finalizer away, after the cleanup; a conflict is thrown and may pass. */
export const withoutFinalizer = async <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  object: T,
  finalizer: string,
): Promise<T> =>
  hasFinalizer(object, finalizer)
    ? write(
        client,
        resource,
        object,
        (object.metadata.finalizers ?? []).filter((each) => each !== finalizer),
      )
    : object;
