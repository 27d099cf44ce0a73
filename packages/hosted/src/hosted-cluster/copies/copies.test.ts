import { expect, test } from 'vitest';
import { aHostedCluster } from '../hosted-cluster.fixture.ts';
import { allReferencesOf, referencesOf } from './references.ts';

const named = (spec: Parameters<typeof aHostedCluster>[0]) =>
  allReferencesOf(aHostedCluster(spec).spec).map(({ kind, name, copy }) => `${kind} ${name} as ${copy}`);

test('a plain cluster refers to its pull secret, which is copied under a fixed name', () => {
  expect(named({})).toEqual(['Secret sample-pull-secret as pull-secret']);
});

test('references are found by the fields of the spec, whatever the objects are called', () => {
  const spec = {
    pullSecret: { name: 'a' },
    sshKey: { name: 'b' },
    additionalTrustBundle: { name: 'c' },
    secretEncryption: { type: 'aescbc' as const, aescbc: { activeKey: { name: 'd' }, backupKey: { name: 'e' } } },
    auditWebhook: { name: 'f' },
    serviceAccountSigningKey: { name: 'g' },
  };
  expect(named(spec)).toEqual([
    'Secret a as pull-secret',
    'Secret b as ssh-key',
    'ConfigMap c as user-ca-bundle',
    'Secret d as d',
    'Secret e as e',
    'Secret f as f',
    'Secret g as sa-signing-key',
  ]);
});

test('references inside the configuration keep their names', () => {
  const configuration = {
    apiServer: {
      servingCerts: { namedCertificates: [{ servingCertificate: { name: 'tls-1' } }, { servingCertificate: { name: 'tls-2' } }] },
    },
    oauth: { identityProviders: [{ name: 'x', type: 'LDAP', ldap: { ca: { name: 'ldap-ca' }, bindPassword: { name: 'ldap-bind' } } }] },
    proxy: { trustedCA: { name: 'proxy-ca' } },
  };
  const spec = aHostedCluster({ configuration: configuration as object }).spec;
  expect(referencesOf(spec).configuration.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'Secret tls-1',
    'Secret tls-2',
    'ConfigMap ldap-ca',
    'Secret ldap-bind',
    'ConfigMap proxy-ca',
  ]);
});
