import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { issueCredentials } from './credentials.ts';
import { firstIdentity, identityText, parseIdentity, serverOf } from './identity.ts';

const root = mkdtempSync(join(tmpdir(), 'godwit-identity-'));
afterAll(() => rmSync(root, { recursive: true }));

const places = { cluster: join(root, 'kubernetes'), kubelet: join(root, 'kubelet/pki') };
const sno = firstIdentity({ NODE_ID: 'sno', NODE_ADDRESS: '10.1.2.3' }, 'an-id');
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const certificate = (...path: string[]): X509Certificate => new X509Certificate(read(...path));

test('a cluster is called as its machine at its first start', () => {
  expect(sno).toEqual({ CLUSTER_NAME: 'sno', BASE_DOMAIN: 'godwit.local', CLUSTER_ID: 'an-id', NODE_NAME: 'sno', NODE_IP: '10.1.2.3' });
  expect(parseIdentity(identityText(sno))).toEqual(sno);
  expect(serverOf(sno)).toBe('https://10.1.2.3:6443');
});

test('an identity that lacks something is refused by name', () => {
  expect(() => parseIdentity('CLUSTER_NAME=sno\nNODE_IP=\n')).toThrow('lacks BASE_DOMAIN, CLUSTER_ID, NODE_NAME, NODE_IP');
});

test('all credentials of a new cluster are of one authority, and the kubelet finds its own where it renews them', async () => {
  expect(await issueCredentials(sno, places)).toBe(true);
  const authority = certificate('kubernetes/pki/ca.crt');
  for (const path of [
    'kubernetes/pki/apiserver.crt',
    'kubernetes/pki/admin.crt',
    'kubelet/pki/kubelet-client-current.pem',
    'kubelet/pki/kubelet-server-current.pem',
  ])
    expect(certificate(path).verify(authority.publicKey)).toBe(true);
  const kubelet = certificate('kubelet/pki/kubelet-client-current.pem');
  expect(kubelet.subject.split('\n').toSorted()).toEqual(['CN=system:node:sno', 'O=system:nodes']);
  expect(certificate('kubelet/pki/kubelet-server-current.pem').subjectAltName).toBe('DNS:sno, IP Address:10.1.2.3');
  expect(certificate('kubernetes/pki/apiserver.crt').subjectAltName).toContain('DNS:api.sno.godwit.local');
  expect(realpathSync(join(root, 'kubelet/pki/kubelet-client-current.pem'))).toBe(
    join(realpathSync(root), 'kubelet/pki/kubelet-client-issued.pem'),
  );
  const { users } = parse(read('kubernetes/kubeconfigs/kubelet')) as { users: { user: Record<string, string> }[] };
  expect(users[0]?.user['client-certificate']).toBe(join(places.kubelet, 'kubelet-client-current.pem'));
});

test('a later start keeps them all', async () => {
  const before = read('kubernetes/kubeconfigs/admin');
  expect(await issueCredentials(sno, places)).toBe(false);
  expect(read('kubernetes/kubeconfigs/admin')).toBe(before);
});

test('another name or address gets new certificates of the same authority, and the same keys for tokens', async () => {
  const [authority, tokens] = [read('kubernetes/pki/ca.crt'), read('kubernetes/pki/sa.key')];
  expect(await issueCredentials({ ...sno, NODE_NAME: 'moved', NODE_IP: '10.9.9.9' }, places)).toBe(true);
  expect([read('kubernetes/pki/ca.crt'), read('kubernetes/pki/sa.key')]).toEqual([authority, tokens]);
  expect(certificate('kubernetes/pki/apiserver.crt').subjectAltName).toContain('IP Address:10.9.9.9');
  expect(read('kubernetes/kubeconfigs/admin')).toContain('https://10.9.9.9:6443');
});

test('under an authority that was handed over everything is issued anew', async () => {
  const other = { cluster: join(root, 'other'), kubelet: join(root, 'other-kubelet') };
  await issueCredentials(sno, other);
  for (const name of ['ca.crt', 'ca.key']) writeFileSync(join(other.cluster, 'pki', name), read('kubernetes/pki', name));
  expect(await issueCredentials(sno, other)).toBe(true);
  expect(certificate('other/pki/admin.crt').verify(certificate('kubernetes/pki/ca.crt').publicKey)).toBe(true);
});
