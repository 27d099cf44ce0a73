import { expect, test } from 'vitest';
import { aHostedCluster } from '../hosted-cluster.fixture.ts';
import { missingDefaults, missingIdentity } from './defaults.ts';

const chance = { randomName: (length: number) => 'x'.repeat(length), randomUuid: () => 'uuid' };

test.each([
  ['both are missing', {}, { clusterID: 'uuid', infraID: 'sample-xxxxx' }],
  ['the infraID is given', { infraID: 'mine' }, { clusterID: 'uuid' }],
  ['the clusterID is given', { clusterID: 'mine' }, { infraID: 'sample-xxxxx' }],
  ['both are given', { infraID: 'mine', clusterID: 'mine' }, {}],
  ['both are empty', { infraID: '', clusterID: '' }, { clusterID: 'uuid', infraID: 'sample-xxxxx' }],
])('T81: what is made when %s', (_title, given, made) => {
  expect(missingIdentity(aHostedCluster(given), chance)).toEqual(made);
});

test('an issuer is put where an old object has none', () => {
  expect(missingDefaults({ spec: {} })).toEqual({ issuerURL: 'https://kubernetes.default.svc' });
  expect(missingDefaults(aHostedCluster({ issuerURL: 'https://issuer.example' }))).toEqual({});
});
