import { X509Certificate } from 'node:crypto';
import { Secret } from '@godwit/api';
import { freshNamespace, testCluster } from '@godwit/testkit';
import { beforeEach, expect, test } from 'vitest';
import { ensureCertificate, isUsable, storedCertificate, WEBHOOK_SECRET } from './webhook-certificate.ts';

const client = testCluster();
const hosts = ['10.7.0.1'];
const now = () => new Date();
const inDays = (days: number) => () => new Date(Date.now() + days * 86_400_000);
let namespace = '';

beforeEach(async () => {
  namespace = await freshNamespace();
});

test('replicas that start together share one certificate', async () => {
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => ensureCertificate(client, { namespace, hosts, now })));
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(await storedCertificate(client, { namespace, hosts, now })).toEqual(first);
});

test('a certificate is made anew long before it ends, and the one before stays trusted', async () => {
  const before = await ensureCertificate(client, { namespace, hosts, now });
  expect(await ensureCertificate(client, { namespace, hosts, now: inDays(300) })).toEqual(before);
  const after = await ensureCertificate(client, { namespace, hosts, now: inDays(310) });
  expect(after.certificate).not.toBe(before.certificate);
  const trusted = after.authority.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----/g) ?? [];
  expect(trusted).toHaveLength(2);
  const [next, previous] = trusted.map((pem) => new X509Certificate(pem));
  expect(next && new X509Certificate(after.certificate).verify(next.publicKey)).toBe(true);
  expect(previous && new X509Certificate(before.certificate).verify(previous.publicKey)).toBe(true);
});

test('another address gets another certificate', async () => {
  const before = await ensureCertificate(client, { namespace, hosts, now });
  expect(isUsable(before, ['operator.hypershift.svc'], now())).toBe(false);
  const after = await ensureCertificate(client, { namespace, hosts: ['operator.hypershift.svc'], now });
  expect(isUsable(after, ['operator.hypershift.svc'], now())).toBe(true);
});

test('a Secret that somebody has emptied is filled again', async () => {
  await ensureCertificate(client, { namespace, hosts, now });
  await client.patch(Secret, { namespace, name: WEBHOOK_SECRET }, { data: { 'tls.key': '' } });
  expect(await storedCertificate(client, { namespace, hosts, now })).toBeUndefined();
  const filled = await ensureCertificate(client, { namespace, hosts, now });
  expect(isUsable(filled, hosts, now())).toBe(true);
});
