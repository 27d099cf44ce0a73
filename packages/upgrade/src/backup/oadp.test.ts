import type { Backup, Restore } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { filesOf } from '../manifests/config-maps.ts';
import { type OadpFacts, oadpProblem } from './availability.ts';
import { ownBackup } from './label-objects.ts';
import { oadpContentOf } from './oadp-content.ts';
import { mustBeRetained } from './retain-volumes.ts';
import { bucketOf, trackedOf } from './track.ts';
import { pairingProblems } from './validate-oadp.ts';

const aBackup = (name: string, spec: object = {}, applyLabel?: string): Backup => ({
  apiVersion: 'velero.io/v1',
  kind: 'Backup',
  metadata: { name, ...(applyLabel && { annotations: { 'lca.openshift.io/apply-label': applyLabel } }) },
  spec,
});
const aRestore = (name: string, backupName: string): Restore => ({
  apiVersion: 'velero.io/v1',
  kind: 'Restore',
  metadata: { name },
  spec: { backupName },
});

describe('whether a cluster can back up', () => {
  const openShift: OadpFacts = { servesBackups: true, servesOadp: true, operators: ['oadp-operator.v1.3.1'], applications: 1 };
  const install = 'Please ensure OADP operator is installed in the openshift-adp';
  test.each<[string, Partial<OadpFacts>, string | undefined]>([
    ['all is there', {}, undefined],
    ['no kinds of velero.io', { servesBackups: false }, install],
    ['no operator', { operators: ['lifecycle-agent.v4'] }, install],
    ['no definitions of the operator', { servesOadp: false }, install],
    ['no application', { applications: 0 }, 'No DataProtectionApplication CR found in the openshift-adp'],
    ['two applications', { applications: 2 }, 'Only one DataProtectionApplication CR is allowed in the openshift-adp,'],
    [
      'D-I6 no OpenShift, and an engine that serves velero.io',
      { servesOadp: false, operators: undefined, applications: undefined },
      undefined,
    ],
    ['D-I6 no OpenShift, and nobody who serves it', { servesBackups: false, operators: undefined, applications: undefined }, install],
  ])('%s', (_title, facts, problem) => {
    expect(oadpProblem({ ...openShift, ...facts })).toBe(problem);
  });
});

test('T34 phases fall into buckets, in the order of the group', () => {
  expect(bucketOf(undefined)).toBe('pending');
  expect(bucketOf('')).toBe('pending');
  const phases = ['Failed', 'InProgress', 'Completed', 'FailedValidation', 'PartiallyFailed', 'WaitingForPluginOperations'];
  const tracked = trackedOf(phases.map((phase, at) => ({ name: String(at + 1), bucket: bucketOf(phase) })));
  expect(tracked).toEqual({ pending: [], progressing: ['2', '6'], failed: ['1', '4', '5'], succeeded: ['3'], missing: [] });
});

test('T33 a Backup that labels objects chooses by its label and keeps its other selectors', () => {
  const own = ownBackup(aBackup('app', { labelSelector: { matchLabels: { tier: 'db' } } }, 'apps/v1/deployments/shop/db'), 'id-1');
  expect(own.spec.labelSelector).toEqual({ matchLabels: { tier: 'db', 'lca.openshift.io/backup': 'app' } });
  expect(own.metadata).toMatchObject({ namespace: 'openshift-adp', labels: { 'config.openshift.io/clusterID': 'id-1' } });
  expect(ownBackup(aBackup('all'), 'id-1').spec.labelSelector).toBeUndefined();
});

test('only Backups and Restores are taken out of ConfigMaps', () => {
  const objects = [aBackup('b'), { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' } }, aRestore('r', 'b')];
  const text = objects.map((each) => JSON.stringify(each)).join('\n---\n');
  const { backups, restores, problems } = oadpContentOf({ files: filesOf('cm', { a: text }), missing: [] });
  expect([backups.length, restores.length, problems]).toEqual([1, 1, []]);
});

test('what is missing or cannot be read is told in upstream words', () => {
  const { problems } = oadpContentOf({ files: filesOf('cm', { a: 'kind: [' }), missing: ['configmaps "gone" not found'] });
  expect(problems).toEqual([
    'OADP configmap not found, error: configmaps "gone" not found. Please create the configmap.',
    expect.stringMatching(/^failed to decode a in the configMap cm: /),
  ]);
});

const shop = { includedNamespaces: ['shop'] };
test.each<[string, (Backup | Restore)[], string[]]>([
  [
    'two Backups of one name',
    [aBackup('app', shop), aBackup('app')],
    ['Backup app is given in the OADP configmaps with different contents. Please give each its own name.'],
  ],
  [
    'two Restores of one name, three times',
    [aRestore('app', 'a'), aRestore('app', 'b'), aRestore('app', 'c')],
    ['Restore app is given in the OADP configmaps with different contents. Please give each its own name.'],
  ],
  ['a Backup and a Restore of one name', [aBackup('app'), aRestore('app', 'app')], []],
  ['the same twice', [aBackup('app', shop), aBackup('app', shop)], []],
])('names: %s', (_title, objects, problems) => {
  const files = objects.flatMap((each, at) => filesOf(`cm-${at}`, { a: JSON.stringify(each) }));
  expect(oadpContentOf({ files, missing: [] }).problems).toEqual(problems);
});

const PAIRING =
  'Both backup and restore CRs should be specified in OADP configmaps and each backup CR should be paired with a corresponding restore CR.';
test.each([
  ['a pair', [aBackup('b')], [aRestore('r', 'b')], []],
  ['nothing', [], [], [PAIRING]],
  ['a Backup alone', [aBackup('b')], [], [PAIRING]],
  [
    'a Restore of another Backup',
    [aBackup('b')],
    [aRestore('r', 'x')],
    ['The backup CR x defined in restore CR r not found in OADP configmaps'],
  ],
  ['two Restores of one Backup', [aBackup('b')], [aRestore('r', 'b'), aRestore('s', 'b')], [PAIRING]],
  ['a Backup that no Restore names', [aBackup('a'), aBackup('b')], [aRestore('r', 'a'), aRestore('s', 'a')], [PAIRING]],
])('pairs: %s', (_title, backups, restores, problems) => {
  expect(pairingProblems({ backups, restores })).toEqual(problems);
});

test.each([
  ['topolvm.io', 'Delete', true],
  ['topolvm.io', 'Retain', false],
  ['other.io', 'Delete', false],
] as const)('a volume of %s with %s must be retained: %s', (provisioner, policy, is) => {
  const volume = {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'v', annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
    spec: { persistentVolumeReclaimPolicy: policy },
  };
  expect(mustBeRetained(volume as Parameters<typeof mustBeRetained>[0])).toBe(is);
});
