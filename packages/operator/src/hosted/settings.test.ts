import { expect, test } from 'vitest';
import { hostedOptionsFrom } from './settings.ts';

const place = { context: 'alpha', inCluster: false };
const dns = {
  externalDnsProvider: 'rfc2136',
  externalDnsCredentials: '/etc/dns.key',
  externalDnsDomainFilter: 'hc.test.',
  externalDnsServer: '10.5.0.1',
};

test('without flags the management cluster is called like its context, and upstream’s versions are supported', () => {
  expect(hostedOptionsFrom({}, place)).toMatchObject({
    settings: {
      namespace: 'hypershift',
      managementCluster: 'alpha',
      versions: { minimum: '4.14.0', latest: '5.1.0' },
      ignition: undefined,
    },
    dns: undefined,
    registryOverrides: {},
  });
});

test.each([
  ['the name of the management cluster', { managementCluster: 'mgmt-1' }, { settings: { managementCluster: 'mgmt-1' } }],
  [
    'where Ignition payloads are served',
    { ignitionAddress: '10.5.0.1:9443' },
    { settings: { ignition: { address: '10.5.0.1', port: 9443 } } },
  ],
  ['an IPv6 address', { ignitionAddress: '[fd00::1]:9443' }, { settings: { ignition: { address: 'fd00::1', port: 9443 } } }],
  [
    'the ends of the versions',
    { minimumVersion: '4.11.0', latestVersion: '4.13.0' },
    { settings: { versions: { minimum: '4.11.0', latest: '4.13.0' } } },
  ],
  ['a zone, with the usual port of name servers', dns, { dns: { host: '10.5.0.1', port: 53, zone: 'hc.test', keyFile: '/etc/dns.key' } }],
  ['a name server on another port', { ...dns, externalDnsServer: '10.5.0.1:5353' }, { dns: { host: '10.5.0.1', port: 5353 } }],
  [
    'registries to ask instead',
    { registryOverrides: 'a.example=b:5000,c=d:1' },
    { registryOverrides: { 'a.example': 'b:5000', c: 'd:1' } },
  ],
])('flags give %s', (_title, flags, expected) => {
  expect(hostedOptionsFrom(flags, place)).toMatchObject(expected);
});

test.each([
  ['--ignition-address', { ignitionAddress: '10.5.0.1' }],
  ['--ignition-address', { ignitionAddress: '10.5.0.1:99999' }],
  ['--ignition-address', { ignitionAddress: 'operator.example.com:9443' }],
  ['--external-dns-provider aws is not known', { externalDnsProvider: 'aws' }],
  ['needs --external-dns-credentials', { externalDnsProvider: 'rfc2136' }],
  ['--external-dns-server', { ...dns, externalDnsServer: 'a:b:c' }],
  ['--latest-version', { latestVersion: '4.21' }],
  ['--registry-overrides', { registryOverrides: 'a' }],
])('%s is named when its value cannot be used', (named, flags) => {
  expect(() => hostedOptionsFrom(flags, place)).toThrow(named);
});
