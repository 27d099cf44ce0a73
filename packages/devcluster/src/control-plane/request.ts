import { request } from 'node:https';
import type { Access } from '../kubeconfig.ts';

/** What an API server answered. */
export type Answer = { status: number; body: string };

/** Sends one request to an API server as its administrator; used before and beside any client library. Gives up after 10 s. */
export const send = (access: Access, method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, access.server),
      {
        method,
        ca: access.authority,
        cert: access.identity.certificate,
        key: access.identity.key,
        timeout: 10_000,
        headers: { 'content-type': contentType },
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
          .on('error', reject);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`No answer to ${method} ${path} within 10 s`)));
    outgoing.on('error', reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
