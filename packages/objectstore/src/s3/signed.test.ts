import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { anyoneReads } from './signed.ts';

/** A store that gives this answer to everybody who comes without credentials. */
const answering = async (status: number) => {
  const server = createServer((_request, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const keys = { accessKeyId: 'test', secretAccessKey: 'secret' };
  return { kind: 's3', bucket: 'b', region: 'us-east-1', endpoint, prefix: '', forcePathStyle: true, insecure: false, ...keys } as const;
};

test.each([
  [200, true],
  [401, false],
  [403, false],
  [404, false],
])('a store that answers %i to a stranger gives its objects to everybody: %s', async (status, expected) => {
  expect(await anyoneReads(await answering(status), 'k', undefined)).toBe(expected);
});

test.each([429, 500, 503])('a store that answers %i to a stranger has said nothing, and is asked again', async (status) => {
  await expect(anyoneReads(await answering(status), 'k', undefined)).rejects.toMatchObject({
    name: 'StoreError',
    fault: 'unreachable',
    message: expect.stringContaining(`HTTP ${status}`),
  });
});
