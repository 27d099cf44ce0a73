import { expect, test } from 'vitest';
import { tokenSecret } from '../node-pool/token/secrets.ts';
import { claimOf, payloadOf, proofOf } from './payload.ts';

const now = new Date('2030-01-01T10:00:00Z');
const parts = {
  namespace: 'clusters-sample',
  pool: 'clusters/workers',
  poolName: 'workers',
  hash: 'bb196408',
  upgradeType: 'Replace',
  release: { image: 'release', version: '4.21.0' },
  configuration: '',
  pullSecret: Buffer.from('{}'),
  trustBundle: '',
  osStream: '',
};
const token = tokenSecret(parts, 'abc', 'before', now.toISOString());
const claim = { token: 'abc', pool: 'clusters/workers', target: 'bb196408' };

test('a claim is read out of the three headers of the user data', () => {
  const headers = { authorization: 'Bearer YWJj', nodepool: 'clusters/workers', targetconfigversionhash: 'bb196408' };
  expect(claimOf(headers)).toEqual(claim);
});

test.each([
  ['no token', { nodepool: 'a/b', targetconfigversionhash: 'c' }],
  ['a token of another scheme', { authorization: 'Basic YWJj', nodepool: 'a/b', targetconfigversionhash: 'c' }],
  ['no pool', { authorization: 'Bearer YWJj', targetconfigversionhash: 'c' }],
  ['no configuration', { authorization: 'Bearer YWJj', nodepool: 'a/b' }],
])('a request with %s claims nothing', (_title, headers) => {
  expect(claimOf(headers)).toBeUndefined();
});

const expired = {
  ...token,
  metadata: {
    ...token.metadata,
    annotations: { ...token.metadata.annotations, 'hypershift.openshift.io/ignition-token-expiration-timestamp': '2030-01-01T09:59:59Z' },
  },
};

test.each([
  ['its token', claim, token, true],
  ['the token before', { ...claim, token: 'before' }, token, true],
  ['another token', { ...claim, token: 'abd' }, token, false],
  ['the token of another pool', { ...claim, pool: 'clusters/other' }, token, false],
  ['the token of another configuration', { ...claim, target: '00000000' }, token, false],
  ['a token that has run out', claim, expired, false],
])('a machine that shows %s is answered: %s', (_title, shown, secret, answered) => {
  expect(proofOf(shown, [secret], now) !== undefined).toBe(answered);
});

test('the payload carries the keys that are no part of the hash, readable by their owner only', () => {
  const { storage } = payloadOf(token, { bootstrapKubeconfig: 'kubeconfig', kubeletAuthority: 'PEM' });
  expect(storage?.files).toMatchObject([
    { path: '/etc/kubernetes/kubeconfig', mode: 0o600 },
    { path: '/etc/kubernetes/kubelet-ca.crt', mode: 0o644 },
  ]);
});
