import { type Client, isTransient, type KubeObject, type ObjectName, type Resource, watch } from '@godwit/kube';

/** What to do while waiting: `signal` gives up, `onFault` hears of every fault of the watch before it is tried again. */
export type Waiting = { signal: AbortSignal; onFault?: ((error: unknown) => void) | undefined };

/** Every state of one object as a watch shows it, from the present one on; undefined while it is absent. Ends only by throwing. */
export async function* statesOf<T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  { namespace, name }: ObjectName,
  { signal, onFault }: Waiting,
): AsyncGenerator<T | undefined> {
  const broken = new AbortController();
  const events = watch(client, resource, {
    namespace,
    fieldSelector: `metadata.name=${name}`,
    signal: AbortSignal.any([signal, broken.signal]),
    onFault: (error) => (isTransient(error) ? onFault?.(error) : broken.abort(error)),
  });
  let listed: T | undefined;
  for await (const event of events) {
    if (event.type === 'listing') listed = undefined;
    else if (event.type === 'listed') listed = event.object;
    else if (event.type === 'settled') yield listed;
    else yield event.type === 'applied' ? event.object : undefined;
  }
  signal.throwIfAborted();
  throw broken.signal.reason;
}

/** The first state of an object that satisfies; an absent object never does. */
export const firstState = async <T extends KubeObject>(
  client: Client,
  resource: Resource<T>,
  name: ObjectName,
  satisfies: (object: T) => boolean,
  waiting: Waiting,
): Promise<T> => {
  for await (const object of statesOf(client, resource, name, waiting)) if (object !== undefined && satisfies(object)) return object;
  throw new Error(`the watch of ${resource.kind} ${name.name} ended`);
};
