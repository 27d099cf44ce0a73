import type { MigCluster } from '@godwit/api';
import { expect, test } from 'vitest';
import { aPair } from './fixtures.ts';
import { type ValidationFacts, validationClaims } from './validate.ts';

const cluster = (ready: boolean): MigCluster => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigCluster',
  metadata: { name: 'c' },
  spec: { isHostCluster: true },
  status: {
    conditions: ready ? [{ type: 'Ready', status: 'True', category: 'Required', lastTransitionTime: '2030-01-01T10:00:00Z' }] : [],
  },
});

const good: ValidationFacts = {
  source: { name: 'alpha', cluster: cluster(true) },
  target: { name: 'beta', cluster: cluster(true) },
  pairs: [aPair()],
  missing: [],
  withoutImage: [],
};

test('a complete copy has no faults', () => {
  expect(validationClaims(good)).toEqual([]);
});

test.each([
  ['no source', { source: { name: undefined, cluster: undefined } }, 'InvalidSourceClusterRef', 'NotSet'],
  ['an unknown source', { source: { name: 'x', cluster: undefined } }, 'InvalidSourceClusterRef', 'NotFound'],
  ['a source that is not ready', { source: { name: 'x', cluster: cluster(false) } }, 'SourceClusterNotReady', 'NotReady'],
  ['no target', { target: { name: '', cluster: undefined } }, 'InvalidDestinationClusterRef', 'NotSet'],
  ['a target that is not ready', { target: { name: 'x', cluster: cluster(false) } }, 'DestinationClusterNotReady', 'NotReady'],
  ['no claims', { pairs: [] }, 'InvalidPVCs', 'NotSet'],
  ['claims that do not exist', { missing: [aPair()] }, 'PodsNotFoundOnSourceCluster', 'NotFound'],
  ['no image', { withoutImage: ['source'] }, 'TransferImageNotSet', 'NotSet'],
])('%s', (_title, fault, type, reason) => {
  expect(validationClaims({ ...good, ...fault })).toMatchObject([{ type, reason, category: 'Critical' }]);
});
