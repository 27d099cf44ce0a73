import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { afterEach, expect, test } from 'vitest';
import { fetchBy } from './fetch.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

const NO_NAME_SERVER = '127.0.0.1';

/** Serves over TLS on a free port; the certificate is for 127.0.0.1 and localhost. */
const serve = async (listener: RequestListener) => {
  const authority = await createAuthority('authority', 1);
  const pair = await issueCertificate(authority, { commonName: 'server', hosts: ['127.0.0.1', 'localhost'], usage: 'server', days: 1 });
  const started = createServer({ cert: pair.certificate, key: pair.key }, listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return { port: (started.address() as { port: number }).port, authority: authority.certificate };
};

const echo: RequestListener = (request, response) => void response.end(`${request.headers.authorization} ${request.url}`);

test('what is served under a trusted certificate is fetched, with the headers that are asked for', async () => {
  const { port, authority } = await serve(echo);
  const body = await fetchBy(NO_NAME_SERVER)(new URL(`https://127.0.0.1:${port}/ignition?x=1`), { Authorization: 'Bearer t' }, [authority]);
  expect(body.toString()).toBe('Bearer t /ignition?x=1');
});

test('a name that the name server does not know is asked of the host', async () => {
  const { port, authority } = await serve(echo);
  expect((await fetchBy(NO_NAME_SERVER)(new URL(`https://localhost:${port}/`), {}, [authority])).toString()).toBe('undefined /');
});

test('a certificate of an unknown authority is refused', async () => {
  const { port } = await serve(echo);
  await expect(fetchBy(NO_NAME_SERVER)(new URL(`https://127.0.0.1:${port}/`), {}, [])).rejects.toThrow('cannot be read');
});

test('any status but 200 is a fault, whose message holds neither token nor body', async () => {
  const { port, authority } = await serve((_request, response) => void response.writeHead(511).end('secret'));
  const url = new URL(`https://127.0.0.1:${port}/ignition?token=secret`);
  const fault = await fetchBy(NO_NAME_SERVER)(url, { Authorization: 'secret' }, [authority]).catch((error: unknown) => String(error));
  expect(fault).toBe(`Error: https://127.0.0.1:${port}/ignition answered with status 511`);
});

test('an answer that breaks off is a fault', async () => {
  const { port, authority } = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  await expect(fetchBy(NO_NAME_SERVER)(new URL(`https://127.0.0.1:${port}/`), {}, [authority])).rejects.toThrow();
});
