import { type Client, type KubeObject, type ListOptions, type Resource, watch } from '@godwit/kube';

/** Which object is waited for, and for how long at most. */
type Wanted<T> = Pick<ListOptions, 'namespace' | 'labelSelector'> & { name: string; seconds: number; holds: (object: T) => boolean };

/** Follows an object until it satisfies the condition and returns it; on time-out the error holds its last status. */
export const untilObject = async <T extends KubeObject>(client: Client, resource: Resource<T>, wanted: Wanted<T>): Promise<T> => {
  const { namespace, name, seconds, holds } = wanted;
  const end = new AbortController();
  const signal = AbortSignal.any([end.signal, AbortSignal.timeout(seconds * 1000)]);
  let last: T | undefined;
  try {
    for await (const event of watch(client, resource, { namespace, fieldSelector: `metadata.name=${name}`, signal })) {
      if (event.type !== 'listed' && event.type !== 'applied') continue;
      last = event.object;
      if (holds(last)) return last;
    }
  } finally {
    end.abort();
  }
  const status = JSON.stringify((last as { status?: unknown } | undefined)?.status)?.slice(0, 3000);
  throw new Error(`${resource.kind} ${namespace ?? ''}/${name} was not as expected after ${seconds} s; its status: ${status}`);
};

/** Waits until an object is gone. */
export const untilGone = async (
  client: Client,
  resource: Resource,
  { namespace, name, seconds }: Omit<Wanted<never>, 'holds'>,
): Promise<void> => {
  const end = new AbortController();
  const signal = AbortSignal.any([end.signal, AbortSignal.timeout(seconds * 1000)]);
  let seen = false;
  try {
    for await (const event of watch(client, resource, { namespace, fieldSelector: `metadata.name=${name}`, signal })) {
      if (event.type === 'listing') seen = false;
      if (event.type === 'listed' || event.type === 'applied') seen = true;
      if (event.type === 'deleted' || (event.type === 'settled' && !seen)) return;
    }
  } finally {
    end.abort();
  }
  throw new Error(`${resource.kind} ${namespace ?? ''}/${name} was still there after ${seconds} s`);
};
