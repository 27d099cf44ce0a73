import { X509Certificate } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { aControlPlane } from '../control-plane.fixture.ts';
import { type Certificates, completeCertificates, isComplete } from './complete-certificates.ts';

const plane = aControlPlane();
const outside = { apiServer: ['10.0.0.1'], konnectivity: ['10.0.0.1'] };
const now = new Date();
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
let first: Certificates;

beforeAll(async () => {
  first = await completeCertificates({ plane, outside, now, stored: new Map() });
});

const again = (changes: Partial<Parameters<typeof completeCertificates>[0]> = {}) =>
  completeCertificates({ plane, outside, now, stored: first.data, ...changes });
const certificate = (secret: string, key = 'tls.crt') => new X509Certificate(first.data.get(secret)?.[key] ?? '');

test('a new control plane gets every authority, certificate and token key under its name', () => {
  expect(first.made.toSorted()).toEqual(
    [
      'etcd-client-tls',
      'etcd-peer-tls',
      'etcd-server-tls',
      'etcd-signer',
      'kas-aggregator-client-signer',
      'kas-aggregator-crt',
      'kas-kubelet-client-crt',
      'kas-server-crt',
      'kcm-server',
      'konnectivity-agent',
      'konnectivity-cluster',
      'konnectivity-signer',
      'kube-apiserver-to-kubelet-signer',
      'kube-control-plane-signer',
      'kube-controller-manager-client',
      'kube-csr-signer',
      'kube-scheduler-client',
      'node-bootstrapper-client',
      'root-ca',
      'sa-signing-key',
      'scheduler-server',
      'system-admin-client',
      'system-admin-signer',
    ].toSorted(),
  );
});

test('what is valid is never made again', async () => {
  expect((await again()).made).toEqual([]);
  expect(isComplete({ plane, outside, now, stored: first.data })).toBe(true);
});

test.each([
  ['IPv6', { serviceNetworks: ['fd02::/112'], advertiseAddress: 'FD00::14' }, '2001:db8::1'],
  ['both families', { serviceNetworks: ['172.31.0.0/16', 'fd02::/112'] }, '2001:DB8:0:0::2'],
])('in a cluster of %s what is valid is never made again, and another address is noticed', async (_title, networks, host) => {
  const request = { plane: aControlPlane(networks), outside: { apiServer: [host], konnectivity: [host] }, now };
  const { data: stored } = await completeCertificates({ ...request, stored: first.data });
  expect((await completeCertificates({ ...request, stored })).made).toEqual([]);
  const elsewhere = { ...request, outside: { ...request.outside, apiServer: ['fd02::1:1'] } };
  expect((await completeCertificates({ ...elsewhere, stored })).made).toEqual(['kas-server-crt']);
});

test('a leaf is renewed thirty days before its end, under the same authority', async () => {
  expect((await again({ now: inDays(334) })).made).toEqual([]);
  const renewed = await again({ now: inDays(336) });
  expect(renewed.made).toContain('kas-server-crt');
  expect(renewed.made).not.toContain('root-ca');
  expect(renewed.made).not.toContain('sa-signing-key');
});

test('a new host name re-issues the one certificate that lacks it', async () => {
  const { made } = await again({ outside: { ...outside, apiServer: ['api.hc.test'] } });
  expect(made).toEqual(['kas-server-crt']);
});

test('a leaf of another authority is made anew, as after a Secret that came from elsewhere', async () => {
  const other = await completeCertificates({ plane, outside, now, stored: new Map() });
  const stored = new Map(first.data).set('etcd-client-tls', other.data.get('etcd-client-tls') ?? {});
  expect((await again({ stored })).made).toEqual(['etcd-client-tls']);
});

test.each([
  ['has the key of another', { 'ca.key': 'other' }, /other-key|unreadable/],
  ['is cut', { 'ca.crt': '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n' }, /unreadable/],
])('an authority that %s is not replaced: the Secret is named instead', async (_title, change, fault) => {
  const stored = new Map(first.data).set('root-ca', { ...first.data.get('root-ca'), ...change });
  await expect(again({ stored })).rejects.toThrow(fault);
  await expect(again({ stored })).rejects.toThrow(/Secret clusters-sample\/root-ca .*put the authority/);
});

test('the API server answers to every name by which it is called', () => {
  const names = certificate('kas-server-crt').subjectAltName ?? '';
  for (const name of ['kube-apiserver', 'kubernetes.default.svc', '172.31.0.1', '172.20.0.1', '10.0.0.1', 'localhost'])
    expect(names).toContain(name);
});

test.each([
  ['etcd-peer-tls', 'peer.crt', 'CN=etcd-peer'],
  ['kas-kubelet-client-crt', 'tls.crt', 'CN=system:kube-apiserver'],
  ['system-admin-client', 'tls.crt', 'O=system:masters'],
  ['node-bootstrapper-client', 'tls.crt', 'O=system:bootstrappers'],
])('%s says whom it is for', (secret, key, subject) => {
  expect(certificate(secret, key).subject).toContain(subject);
});

test('machines of this host need one certificate more, for the manager of machines', async () => {
  expect((await again({ plane: aControlPlane({ localInfrastructure: true }) })).made).toEqual(['capi-webhooks-tls']);
});
