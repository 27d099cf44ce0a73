import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAuthority, createTokenKeys, issue } from './pki.ts';

test('an issued certificate names its subject, groups and addresses, and its authority vouches for it', async () => {
  const authority = await createAuthority('godwit-dev alpha');
  const pair = await issue(authority, { commonName: 'system:node:alpha-1', groups: ['system:nodes'], names: ['10.200.1.2', 'localhost'] });
  const certificate = new X509Certificate(pair.certificate);
  expect(certificate.subject).toBe('CN=system:node:alpha-1\nO=system:nodes');
  expect(certificate.subjectAltName).toBe('IP Address:10.200.1.2, DNS:localhost');
  expect(certificate.verify(new X509Certificate(authority.certificate).publicKey)).toBe(true);
});

test('the authority of another cluster does not vouch for it', async () => {
  const [one, other] = await Promise.all([createAuthority('godwit-dev alpha'), createAuthority('godwit-dev alpha')]);
  const { certificate } = await issue(one, { commonName: 'admin' });
  expect(new X509Certificate(certificate).verify(new X509Certificate(other.certificate).publicKey)).toBe(false);
});

test('token keys come as a pair of PEM texts', () => {
  const { publicKey, privateKey } = createTokenKeys();
  expect(publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(privateKey).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
});
