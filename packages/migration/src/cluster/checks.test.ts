import type { MigCluster } from '@godwit/api';
import { expect, test } from 'vitest';
import { judgeUntilCritical } from '../shared/check.ts';
import { clusterChecks } from './checks.ts';
import type { ClusterFacts } from './facts.ts';

const cluster = (spec: Partial<MigCluster['spec']> = {}): MigCluster => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigCluster',
  metadata: { namespace: 'openshift-migration', name: 'source' },
  spec: { isHostCluster: false, url: 'https://source:6443', serviceAccountSecretRef: { namespace: 'n', name: 'token' }, ...spec },
});

const facts = (more: Partial<ClusterFacts> = {}): ClusterFacts => ({
  cluster: cluster(),
  secret: { found: true, token: 't' },
  connection: { reached: true, version: 'v1.34.3' },
  missingRights: [],
  operator: { here: '1.8.5', there: '1.8.5' },
  ...more,
});

const failed = (more: object = {}) => ({ reached: false as const, certificate: false, expired: false, why: 'refused.', ...more });

const found = (given: ClusterFacts): string[] =>
  judgeUntilCritical(clusterChecks, given).claims.map(({ category, type, reason }) => `${category} ${type} ${reason}`);

test.each<[string, ClusterFacts, string[]]>([
  ['a cluster in order', facts(), []],
  ['no URL', facts({ cluster: cluster({ url: '' }) }), ['Critical InvalidURL NotSet']],
  ['a URL that is none', facts({ cluster: cluster({ url: 'source' }) }), ['Critical InvalidURL Malformed']],
  ['a URL without TLS', facts({ cluster: cluster({ url: 'http://source' }) }), ['Critical InvalidURL InvalidScheme']],
  ['no reference to a secret', facts({ cluster: cluster({ serviceAccountSecretRef: {} }) }), ['Critical InvalidSaSecretRef NotSet']],
  ['no secret', facts({ secret: { found: false } }), ['Critical InvalidSaSecretRef NotFound']],
  ['no token in the secret', facts({ secret: { found: true } }), ['Critical InvalidSaToken NotFound']],
  ['an empty token', facts({ secret: { found: true, token: '' } }), ['Critical InvalidSaToken NotSet']],
  ['no answer', facts({ connection: failed() }), ['Critical TestConnectFailed ConnectFailed']],
  ['missing rights', facts({ missingRights: ['velero.io'] }), ['Critical SaTokenNotPrivileged Unauthorized']],
  [
    'a registry that does not answer',
    facts({ registry: { answered: false, why: '404.' } }),
    ['Critical InvalidRegistryRoute RouteTestFailed'],
  ],
  [
    'no version of the operator',
    facts({ operator: { here: undefined, there: undefined } }),
    ['Warn ClusterOperatorVersionNotFound VersionNotFound'],
  ],
  [
    'another version of the operator',
    facts({ operator: { here: '1.8.5', there: '1.7.0' } }),
    ['Warn OperatorVersionMismatch VersionCheckFailed'],
  ],
  ['versions around the transition', facts({ operator: { here: '1.6.0', there: '1.5.1' } }), []],
  [
    'a version before the transition',
    facts({ operator: { here: '1.6.0', there: '1.5.0' } }),
    ['Warn OperatorVersionMismatch VersionCheckFailed'],
  ],
  [
    'the host needs no URL and no secret',
    { cluster: cluster({ isHostCluster: true, url: '', serviceAccountSecretRef: {} }), operator: { here: '1', there: '1' } },
    [],
  ],
  [
    'the first Critical fault ends the list',
    facts({ cluster: cluster({ url: '' }), secret: { found: false }, missingRights: ['velero.io'] }),
    ['Critical InvalidURL NotSet'],
  ],
])('%s', (_title, given, expected) => {
  expect(found(given)).toEqual(expected);
});

test.each([
  ['a private authority asks for the bundle', cluster(), failed({ certificate: true }), 'The `caBundle` is required'],
  ['a wrong bundle is called wrong', cluster({ caBundle: 'QQ==' }), failed({ certificate: true }), 'does not vouch for this server'],
  ['an expired token asks for a new one', cluster(), failed({ expired: true }), 'Put a valid token into the Secret'],
  ['silence asks for the address', cluster(), failed(), 'Check that the address is right'],
])('%s', (_title, given, connection, remedy) => {
  expect(judgeUntilCritical(clusterChecks, facts({ cluster: given, connection })).claims[0]?.message).toContain(remedy);
});

test('missing rights are listed by name', () => {
  expect(judgeUntilCritical(clusterChecks, facts({ missingRights: ['migration.openshift.io', 'velero.io'] })).claims[0]?.items).toEqual([
    'migration.openshift.io',
    'velero.io',
  ]);
});
