import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAuthority, issueCertificate } from '@godwit/controller';
import type { Access } from '@godwit/kube';
import type { Call } from './calls.ts';

/** A proxy before one API server that notes every call which goes through it. */
export type RecordingProxy = {
  /** Its URL and the certificate that it is trusted by. */
  url: string;
  authority: string;
  /** The calls so far, the open ones without an end. */
  calls: Call[];
  close(): void;
};

const agentFor = ({ ca, certificate }: Access): Agent => new Agent({ ...(ca ? { ca } : {}), ...(certificate ?? {}), keepAlive: true });

const forward = (incoming: IncomingMessage, response: ServerResponse, agent: Agent, upstream: URL, call: Call): void => {
  const { method, url: path, headers } = incoming;
  const forwarded = request({
    agent,
    host: upstream.hostname,
    port: upstream.port,
    method,
    path,
    headers: { ...headers, host: upstream.host },
  });
  response.on('close', () => {
    call.ended = Date.now();
    forwarded.destroy(); // a watch that nobody reads any more
  });
  forwarded.on('error', () => response.destroy());
  forwarded.on('response', (reply) => {
    call.status = reply.statusCode ?? 0;
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    response.flushHeaders(); // a watch of nothing has headers and no body for a long time
    reply.pipe(response);
  });
  incoming.pipe(forwarded);
};

/** Starts a proxy on this machine before an API server; credentials are the caller's, or the access's client certificate. */
export const startRecordingProxy = async (cluster: Call['cluster'], access: Access): Promise<RecordingProxy> => {
  const authority = await createAuthority('authority of the recording proxy', 2);
  const issued = await issueCertificate(authority, { commonName: 'recording proxy', hosts: ['127.0.0.1'], usage: 'server', days: 2 });
  const agent = agentFor(access);
  const calls: Call[] = [];
  const proxy = createServer({ cert: issued.certificate, key: issued.key }, (incoming, response) => {
    const call: Call = { cluster, method: incoming.method ?? '', path: incoming.url ?? '', began: Date.now(), ended: undefined, status: 0 };
    calls.push(call);
    forward(incoming, response, agent, new URL(access.server), call);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    authority: authority.certificate,
    calls,
    close: () => {
      proxy.closeAllConnections();
      proxy.close();
      agent.destroy();
    },
  };
};
