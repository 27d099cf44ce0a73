import type { Access } from './access.ts';
import { discoverer } from './discovery.ts';
import { connectionFault } from './faults.ts';
import { linesOf } from './lines.ts';
import { listAll, listPages } from './list.ts';
import { parsedAnswer, refusal } from './refusal.ts';
import { resourcePath } from './resource.ts';
import { type Ask, type ConnectOptions, nameOf, type Sender, senderTo } from './send.ts';
import { statusEndpoints } from './status-endpoint.ts';
import { execIn } from './streams/exec.ts';
import { logsOf } from './streams/logs.ts';
import { forwardPort } from './streams/port-forward.ts';
import type { Client, KubeObject, ObjectName, Resource } from './types.ts';
import { writerTo } from './write.ts';

const getFrom = async <T extends KubeObject>(sender: Sender, resource: Resource<T>, name: ObjectName): Promise<T | undefined> => {
  const ask = { verb: 'get', resource: resource.plural, method: 'GET', path: resourcePath(resource, name) };
  const answer = await sender.send(ask);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw refusal(answer, nameOf(sender.server, ask));
  return parsedAnswer<T>(answer, nameOf(sender.server, ask));
};

const rawRequest = (sender: Sender): Client['request'] => {
  return async <T>(method: string, path: string, options: Parameters<Client['request']>[2] = {}): Promise<T> => {
    const body = typeof options.body === 'string' || options.body === undefined ? options.body : JSON.stringify(options.body);
    const ask: Ask = {
      verb: method.toLowerCase(),
      resource: path.split('?')[0] ?? path,
      method,
      path,
      query: options.query,
      body,
      contentType: options.contentType,
      accept: 'application/json, */*',
      signal: options.signal,
    };
    const answer = await sender.send(ask);
    if (answer.status >= 300) throw refusal(answer, nameOf(sender.server, ask));
    const isJson = String(answer.headers['content-type'] ?? '').includes('json');
    return isJson ? parsedAnswer<T>(answer, nameOf(sender.server, ask)) : (answer.text as T);
  };
};

async function* openLines(sender: Sender, path: string, query: Record<string, string>, signal: AbortSignal): AsyncGenerator<string> {
  const resource = path.split('/').at(-1) ?? path;
  const { body } = await sender.open({ verb: 'watch', resource, method: 'GET', path, query, signal });
  try {
    yield* linesOf(body);
  } catch (error) {
    signal.throwIfAborted();
    throw connectionFault(sender.server, error);
  } finally {
    body.destroy();
  }
}

/**
 * Connects to one cluster. Nothing is sent before the first call; connections are opened when needed and shared.
 * Integers beyond 2^53 lose precision, as in every JavaScript program that parses JSON.
 */
export const connect = (access: Access, options: ConnectOptions = {}): Client => {
  const sender = senderTo(access, options);
  const discover = discoverer(sender);
  return {
    server: access.server,
    get: (resource, name) => getFrom(sender, resource, name),
    list: (resource, listOptions) => listAll(sender, resource, listOptions),
    pages: (resource, listOptions) => listPages(sender, resource, listOptions),
    ...writerTo(sender, statusEndpoints(discover)),
    discover,
    exec: (pod, command, execOptions) => execIn(sender, pod, command, execOptions),
    logs: (pod, logOptions) => logsOf(sender, pod, logOptions),
    portForward: (pod, port) => forwardPort(sender, pod, port),
    request: rawRequest(sender),
    lines: (path, query, signal) => openLines(sender, path, query, signal),
    counts: sender.counts,
    close: sender.close,
  };
};
