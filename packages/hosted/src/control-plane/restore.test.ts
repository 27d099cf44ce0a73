import type { HostedControlPlane } from '@godwit/api';
import { expect, test } from 'vitest';
import type { World } from '../world.ts';
import { aControlPlane } from './control-plane.fixture.ts';
import { prepareRestore } from './restore.ts';

const world = {} as World; // a snapshot that curl can fetch needs nothing of it
const plane = aControlPlane({ etcd: { size: '8Gi', restoreUrl: 'https://store/s.db' } });
const subject = ({ trust = true, restored = false }): HostedControlPlane =>
  ({
    spec: trust ? { additionalTrustBundle: { name: 'user-ca-bundle' } } : {},
    status: { conditions: restored ? [{ type: 'EtcdSnapshotRestored', status: 'True' }] : [] },
  }) as unknown as HostedControlPlane;

test.each([
  ['waits for authorities that are not there yet', subject({}), undefined, 'TrustBundleMissing'],
  ['begins when they are there', subject({}), 'PEM', undefined],
  ['does not wait for what nobody has named', subject({ trust: false }), undefined, undefined],
  ['does not wait any more when it is over', subject({ restored: true }), undefined, undefined],
])('a restore %s', async (_title, given, trustBundle, reason) => {
  expect((await prepareRestore(world, plane, given, { trustBundle })).problem?.reason).toBe(reason);
});
