import { connectionFault } from '../faults.ts';
import { resource, resourcePath } from '../resource.ts';
import type { Sender } from '../send.ts';
import type { LogOptions, ObjectName } from '../types.ts';

const Pod = resource('v1', 'Pod', 'pods');

/** Reads a container's log as it comes; with `follow` a quiet container does not end it. */
export async function* logsOf(sender: Sender, pod: ObjectName, options: LogOptions = {}): AsyncGenerator<string> {
  const { container, follow, tailLines, previous, sinceTime, signal } = options;
  const query = {
    container,
    sinceTime,
    follow: follow ? 'true' : undefined,
    previous: previous ? 'true' : undefined,
    tailLines: tailLines === undefined ? undefined : String(tailLines),
  };
  const path = resourcePath(Pod, pod, 'log');
  const ask = { verb: 'get', resource: 'pods/log', method: 'GET', path, query, accept: '*/*', signal };
  const { body } = await sender.open(ask, follow ? 0 : undefined);
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true });
      if (text !== '') yield text;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionFault(sender.server, error);
  } finally {
    body.destroy();
  }
}
