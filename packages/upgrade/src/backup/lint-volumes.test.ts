import type { Backup, PersistentVolume, Restore, UpgradeFinding } from '@godwit/api';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { lintVolumes } from './lint-volumes.ts';

const metadata = (name: string) => ({ namespace: 'openshift-adp', name });
const aBackup = (spec: object): Backup => ({ apiVersion: 'velero.io/v1', kind: 'Backup', metadata: metadata('app'), spec });
const aRestore = (spec: object): Restore => ({
  apiVersion: 'velero.io/v1',
  kind: 'Restore',
  metadata: metadata('app'),
  spec: { backupName: 'app', ...spec },
});
const volume = (provisioner = 'topolvm.io'): PersistentVolume =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'v', annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
    spec: { claimRef: { namespace: 'shop', name: 'data' } },
  }) as PersistentVolume;

const good = { restorePVs: true, restoreStatus: { includedResources: ['logicalvolumes'] } };
const codes = (backup: object, restore: object = good, volumes = [volume()]) =>
  lintVolumes([aBackup(backup)], [aRestore(restore)], volumes).map(({ code }) => code);

const BACKUP = ['BackupLacksLogicalVolumes'];
const RESTORE = ['RestoreLacksLogicalVolumes'];
test.each<[string, string[], string[]]>([
  ['R-071 a Backup of the namespace without logical volumes', codes({ includedNamespaces: ['shop'] }), BACKUP],
  ['a Backup of everything', codes({}), BACKUP],
  ['a Backup that names other cluster-scoped resources', codes({ includedClusterScopedResources: ['persistentVolumes'] }), BACKUP],
  ['a Backup that names logical volumes', codes({ includedClusterScopedResources: ['logicalvolumes.topolvm.io'] }), []],
  ['a Backup of all cluster-scoped resources', codes({ includeClusterResources: true }), []],
  ['a Backup of another namespace', codes({ includedNamespaces: ['other'] }), []],
  ['a Backup that leaves the namespace out', codes({ excludedNamespaces: ['shop'] }), []],
  ['a Backup without claims', codes({ includedNamespaceScopedResources: ['secrets'] }), []],
  ['a volume that is not on the disks of the node', codes({}, {}, [volume('other.io')]), []],
  ['R-072 a Restore without the status of logical volumes', codes({ includeClusterResources: true }, { restorePVs: true }), RESTORE],
  ['R-072 a Restore without volumes', codes({ includeClusterResources: true }, { restoreStatus: good.restoreStatus }), RESTORE],
])('%s', (_title, found, expected) => {
  expect(found).toEqual(expected);
});

const better = <T>({ remediation = '' }: UpgradeFinding): T => parse(remediation.split('\n').slice(1).join('\n')) as T;

test.each([[{ includedNamespaces: ['shop'] }], [{ includedResources: ['pvc', 'pv'] }]])(
  'G-I3 the YAML that is proposed for %j has no such finding',
  (spec) => {
    const [ofBackup, ofRestore] = lintVolumes([aBackup(spec)], [aRestore({})], [volume()]);
    if (ofBackup === undefined || ofRestore === undefined) throw new Error('nothing was found');
    expect(lintVolumes([better<Backup>(ofBackup)], [better<Restore>(ofRestore)], [volume()])).toEqual([]);
  },
);
