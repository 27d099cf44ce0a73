import { labels, type PersistentVolumeClaim } from '@godwit/api';
import { expect, test } from 'vitest';
import { aDvm, aPair } from '../fixtures.ts';
import { destinationClaim } from './destination-claim.ts';

const source: PersistentVolumeClaim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { namespace: 'shop', name: 'data', labels: { tier: 'db' } },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'old',
    volumeName: 'pv-1',
    volumeMode: 'Filesystem',
    resources: { requests: { storage: '1Gi' } },
    dataSource: { kind: 'PersistentVolumeClaim', name: 'seed' },
    dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'seed' },
  },
};

// M47
test('the claim on the target has the request and labels of the source, and no origin', () => {
  const claim = destinationClaim(aDvm(), aPair({ targetName: 'target' }), source, { migrationUid: 'm', planUid: 'p' });
  expect(claim.spec).toEqual({
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'standard',
    volumeMode: 'Filesystem',
    resources: { requests: { storage: '1Gi' } },
  });
  expect(claim.metadata).toMatchObject({
    namespace: 'shop',
    name: 'target',
    labels: { tier: 'db', [labels.migratedByMigMigration]: 'm', [labels.migratedByMigPlan]: 'p' },
  });
});

test('a copy that stands alone marks the claim with its own UID, in the namespace that was chosen', () => {
  const claim = destinationClaim(aDvm(), aPair({ targetNamespace: 'market' }), source, undefined);
  expect(claim.metadata).toMatchObject({
    namespace: 'market',
    name: 'data',
    labels: { [labels.migratedByDirectVolumeMigration]: 'uid-1' },
  });
});

test('an empty class takes the default of the target, and empty modes those of the source', () => {
  const { spec } = destinationClaim(aDvm(), aPair({ targetStorageClass: '', targetAccessModes: [] }), source, undefined);
  expect(spec).toMatchObject({ accessModes: ['ReadWriteOnce'] });
  expect(spec).not.toHaveProperty('storageClassName');
});
