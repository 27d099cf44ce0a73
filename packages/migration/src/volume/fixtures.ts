import type { DirectVolumeMigration, Pod } from '@godwit/api';
import { type VolumePair, volumePairs } from './volume-pair.ts';

type Claim = NonNullable<DirectVolumeMigration['spec']['persistentVolumeClaims']>[number];

/** A claim of a DirectVolumeMigration for tests. */
export const aClaim = (fields: Partial<Claim> = {}): Claim => ({
  namespace: 'shop',
  name: 'data',
  targetStorageClass: 'standard',
  targetAccessModes: ['ReadWriteOnce'],
  ...fields,
});

/** A DirectVolumeMigration for tests. */
export const aDvm = (
  spec: Partial<DirectVolumeMigration['spec']> = {},
  status?: DirectVolumeMigration['status'],
): DirectVolumeMigration => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'DirectVolumeMigration',
  metadata: { name: 'copy', namespace: 'openshift-migration', uid: 'uid-1' },
  spec: {
    srcMigClusterRef: { name: 'alpha', namespace: 'openshift-migration' },
    destMigClusterRef: { name: 'beta', namespace: 'openshift-migration' },
    persistentVolumeClaims: [aClaim()],
    ...spec,
  },
  ...(status === undefined ? {} : { status }),
});

/** The volume of one claim, for tests. */
export const aPair = (fields: Partial<Claim> = {}): VolumePair => {
  const [pair] = volumePairs(aDvm({ persistentVolumeClaims: [aClaim(fields)] }));
  if (pair === undefined) throw new Error('a claim makes a pair');
  return pair;
};

/** A pod with this status, for tests. */
export const aPod = (metadata: Pod['metadata'], status: Pod['status'] = {}): Pod => ({ apiVersion: 'v1', kind: 'Pod', metadata, status });
