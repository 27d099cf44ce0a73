import type { PersistentVolume, PersistentVolumeClaim, PlanVolume } from '@godwit/api';
import { expect, test } from 'vitest';
import { type ClaimInUse, type DiscoveryFacts, discoverVolumes, supportedActions } from './discover-volumes.ts';
import { aVolume } from './facts.fixture.ts';

const offer = (name: string, provisioner: string, isDefault = false) => ({ name, provisioner, default: isDefault });

const inUse = (
  name: string,
  more: { spec?: PersistentVolume['spec']; claim?: Partial<PersistentVolumeClaim['metadata']>; phase?: string } = {},
): ClaimInUse => ({
  claim: {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name: `claim-of-${name}`, ...more.claim },
    spec: { accessModes: ['ReadWriteOnce'] },
  },
  volume: {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: { storageClassName: 'fast', capacity: { storage: '1Gi' }, claimRef: { name: `claim-of-${name}` }, ...more.spec },
    status: { phase: more.phase ?? 'Bound' },
  },
  hasReference: true,
  ownerType: 'Deployment',
});

const discovered = (claims: ClaimInUse[], more: Partial<DiscoveryFacts> = {}): PlanVolume[] =>
  discoverVolumes({
    claims,
    previous: [],
    planUid: 'plan-uid',
    suffix: 'abcd',
    conversion: false,
    intraCluster: false,
    excludedResources: [],
    moveStorageClasses: [],
    sourceClasses: [offer('fast', 'disk.csi')],
    destinationClasses: [offer('slow', 'other.csi', true), offer('quick', 'disk.csi')],
    ...more,
  }).volumes;

test('M7 exactly the volumes that are found again remain, sorted by name', () => {
  const previous = Array.from({ length: 10 }, (_none, index) => aVolume(`pv-${index}`));
  expect(discovered([inUse('pv-7'), inUse('pv-2')], { previous }).map(({ name }) => name)).toEqual(['pv-2', 'pv-7']);
});

test('M7 a volume found again keeps the chosen action and gets its new storage class', () => {
  const previous = [{ ...aVolume('pv-1', { action: 'skip', storageClass: 'chosen' }), storageClass: 'old' }];
  expect(discovered([inUse('pv-1')], { previous })).toMatchObject([
    { storageClass: 'fast', selection: { action: 'skip', storageClass: 'chosen' } },
  ]);
});

test('a new volume is copied as files to a class of the same provisioner', () => {
  expect(discovered([inUse('pv-1')])).toMatchObject([
    {
      capacity: '1Gi',
      selection: { action: 'copy', copyMethod: 'filesystem', storageClass: 'quick' },
      pvc: { namespace: 'shop', name: 'claim-of-pv-1', hasReference: true, ownerType: 'Deployment' },
    },
  ]);
});

test('an action that is not supported is not silently replaced', () => {
  expect(discovered([inUse('pv-1')], { previous: [aVolume('pv-1', { action: 'move' })] })).toMatchObject([
    { selection: { action: 'move' }, supported: { actions: ['skip', 'copy'] } },
  ]);
});

test.each<[string, ClaimInUse, Partial<DiscoveryFacts>]>([
  ['a volume that is not bound', inUse('pv-1', { phase: 'Released' }), {}],
  ['a copy that an earlier conversion of the plan made', inUse('pv-1', { claim: { name: 'db-mig-abcd' } }), {}],
  [
    'a claim that another claim controls',
    inUse('pv-1', {
      claim: { ownerReferences: [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'a', uid: 'b', controller: true }] },
    }),
    {},
  ],
  [
    'in a conversion what this plan made',
    inUse('pv-1', { claim: { labels: { 'migration.openshift.io/migrated-by-migplan': 'plan-uid' } } }),
    { conversion: true },
  ],
  [
    'in a conversion the source of another plan',
    inUse('pv-1', { claim: { labels: { 'migration.openshift.io/source-for-directvolumemigration': 'other' } } }),
    { conversion: true },
  ],
  ['any claim, when claims are excluded', inUse('pv-1'), { excludedResources: ['persistentvolumeclaims'] }],
])('left out is %s', (_title, claim, more) => {
  expect(discovered([claim], more)).toEqual([]);
});

test.each<[string, PersistentVolume['spec'], string[], string[]]>([
  ['a folder of a node can be copied', { hostPath: { path: '/data' } }, [], ['skip', 'copy']],
  ['NFS can be moved', { nfs: { server: 'nfs', path: '/' } }, [], ['skip', 'copy', 'move']],
  ['an EBS disk can be moved', { awsElasticBlockStore: { volumeID: 'v' } }, [], ['skip', 'copy', 'move']],
  ['a class that may be moved can be', { storageClassName: 'fast' }, ['fast'], ['skip', 'copy', 'move']],
])('%s', (_title, spec, moveClasses, actions) => {
  expect(supportedActions(inUse('pv-1', { spec }).volume, moveClasses)).toEqual(actions);
});

test('a block volume is copied by blocks', () => {
  const claim = inUse('pv-1');
  expect(discovered([{ ...claim, claim: { ...claim.claim, spec: { volumeMode: 'Block' } } }])).toMatchObject([
    { selection: { copyMethod: 'block' }, pvc: { volumeMode: 'Block' } },
  ]);
});
