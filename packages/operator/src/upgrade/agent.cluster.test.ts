import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupStorageLocation, CustomResourceDefinition, ImageBasedUpgrade, ImageBasedUpgradeReport } from '@godwit/api';
import { silentLog } from '@godwit/controller';
import { clusterPair, eventually } from '@godwit/testkit';
import { sysrootDriver } from '@godwit/upgrade';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { startAgent } from './agent.ts';

const { host: cluster } = await clusterPair();

/** A real ostree sysroot in which nothing is deployed yet. */
const sysroot = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'godwit-sysroot-'));
  await execa('ostree', ['admin', 'init-fs', '--modern', folder]);
  return sysrootDriver(folder);
};

test('the agent brings its kinds along, makes the upgrade, and runs a backup engine', async () => {
  const definition = { name: 'imagebasedupgrades.lca.openshift.io' };
  await cluster.delete(CustomResourceDefinition, definition);
  await eventually(() => cluster.get(CustomResourceDefinition, definition)).toBeUndefined();
  const agent = startAgent({ cluster, host: await sysroot(), allowFolders: true, log: silentLog });
  await using _agent = { [Symbol.asyncDispose]: agent.stop };
  await agent.ready;
  await eventually(() => cluster.get(ImageBasedUpgrade, { name: 'upgrade' })).toMatchObject({ status: { validNextStages: ['Prep'] } });
  await eventually(() => cluster.get(ImageBasedUpgradeReport, { name: 'upgrade' })).toMatchObject({ status: { tier: 'sysroot' } });
  const location = { namespace: 'openshift-adp', name: 'nowhere' };
  await cluster.create(BackupStorageLocation, {
    apiVersion: 'velero.io/v1',
    kind: 'BackupStorageLocation',
    metadata: location,
    spec: { provider: 'aws', objectStorage: { bucket: 'b' }, config: { s3Url: 'http://127.0.0.1:1' } },
  });
  await eventually(() => cluster.get(BackupStorageLocation, location)).toMatchObject({ status: { phase: 'Unavailable' } });
  expect(agent).toBeDefined();
});
