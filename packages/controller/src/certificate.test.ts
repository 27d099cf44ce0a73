import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { createAuthority, issueCertificate, type KeyPair } from './certificate.ts';

const DAY = 86_400_000;
const request = { commonName: 'transfer', hosts: ['localhost', '127.0.0.1'], usage: 'both', days: 30 } as const;

/** Whether client and server trust each other; the error's code otherwise. */
const handshake = async (ca: string, server: KeyPair, client: KeyPair): Promise<string> => {
  const listener = createServer({ ca, cert: server.certificate, key: server.key, requestCert: true, rejectUnauthorized: true });
  const refused = new Promise<string>((resolve) =>
    listener.once('tlsClientError', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'refused')),
  );
  const accepted = new Promise<string>((resolve) =>
    listener.once('secureConnection', (socket: TLSSocket) => {
      socket.on('error', () => {}).end();
      resolve('trusted');
    }),
  );
  await once(listener.listen(0, '127.0.0.1'), 'listening');
  const socket = connect({
    port: (listener.address() as AddressInfo).port,
    host: '127.0.0.1',
    ca,
    cert: client.certificate,
    key: client.key,
  });
  const failed = new Promise<string>((resolve) => socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed')));
  const outcome = await Promise.race([refused, accepted, failed]);
  socket.on('error', () => {}).destroy();
  listener.close();
  return outcome;
};

describe('a certificate', () => {
  test('lets two programs of the same authority trust each other', async () => {
    const authority = await createAuthority('godwit', 365);
    const [server, client] = await Promise.all([
      issueCertificate(authority, { ...request, usage: 'server' }),
      issueCertificate(authority, { ...request, usage: 'client', hosts: [] }),
    ]);
    expect(await handshake(authority.certificate, server, client)).toBe('trusted');
  });

  test('is worth nothing under another authority', async () => {
    const [authority, other] = await Promise.all([createAuthority('godwit', 365), createAuthority('godwit', 365)]);
    const server = await issueCertificate(authority, request);
    const stranger = await issueCertificate(other, request);
    expect(await handshake(authority.certificate, server, stranger)).not.toBe('trusted');
  });

  test('of a client does not make a server', async () => {
    const authority = await createAuthority('godwit', 365);
    const [server, client] = await Promise.all([
      issueCertificate(authority, { ...request, usage: 'client' }),
      issueCertificate(authority, request),
    ]);
    expect(await handshake(authority.certificate, server, client)).not.toBe('trusted');
  });

  test('names its hosts, its groups and its authority', async () => {
    const authority = await createAuthority('godwit', 365);
    const pair = await issueCertificate(authority, {
      ...request,
      hosts: ['a.example', '10.0.0.1', '::1'],
      organizations: ['system:masters'],
    });
    const found = new X509Certificate(pair.certificate);
    expect(found.subjectAltName).toBe('DNS:a.example, IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(found.subject).toBe('CN=transfer\nO=system:masters');
    expect([found.issuer, found.ca]).toEqual(['CN=godwit', false]);
    expect(found.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
  });

  test('holds as long as it was asked for, but never longer than its authority', async () => {
    const authority = await createAuthority('godwit', 10);
    const daysOf = ({ certificate }: KeyPair) => Math.round((Date.parse(new X509Certificate(certificate).validTo) - Date.now()) / DAY);
    expect(daysOf(await issueCertificate(authority, { ...request, days: 5 }))).toBe(5);
    expect(daysOf(await issueCertificate(authority, { ...request, days: 500 }))).toBe(10);
  });
});
