import type { Pod, ResourceQuota } from '@godwit/api';
import { describe, expect, test } from 'vitest';
import { suggestStorageClass } from './choose-storage-class.ts';
import { aVolume } from './facts.fixture.ts';
import { clashes, isForeign } from './foreign-objects.ts';
import { commonOwnerType, ownerTypeOf } from './owner-type.ts';
import { podView, unhealthyNamespaces } from './pod-health.ts';
import { exceededBy, needsOf } from './quota.ts';
import { isSuspended } from './suspended.ts';

describe('the suggested storage class', () => {
  const offer = (name: string, provisioner: string, isDefault = false) => ({ name, provisioner, default: isDefault });
  const offers = [
    offer('slow', 'other', true),
    offer('a', 'disk'),
    offer('b', 'disk'),
    offer('rbd', 'x.rbd.csi.ceph.com'),
    offer('fs', 'x.cephfs.csi.ceph.com'),
  ];
  const wanted = { storageClass: 'b', provisioner: 'disk', accessModes: ['ReadWriteOnce'], nfs: false, gluster: false };
  test.each([
    ['same provisioner and name', wanted, 'b', false],
    ['the first of the same provisioner', { ...wanted, storageClass: 'z' }, 'a', false],
    ['the default, for an unknown provisioner', { ...wanted, provisioner: 'z' }, 'slow', false],
    ['Ceph files for shared Gluster', { ...wanted, gluster: true, accessModes: ['ReadWriteMany'] }, 'fs', false],
    ['Ceph blocks for NFS used once', { ...wanted, nfs: true }, 'rbd', false],
  ])('is %s', (_title, given, storageClass, noCeph) => {
    expect(suggestStorageClass(given, offers)).toEqual({ storageClass, noCeph });
  });
  test.each([
    ['Gluster', { ...wanted, gluster: true }, false, true],
    ['NFS', { ...wanted, nfs: true }, false, false],
    ['Gluster inside a cluster', { ...wanted, gluster: true }, true, false],
  ])('for %s without Ceph is the default, and says so for Gluster between clusters only', (_title, given, intra, noCeph) => {
    expect(suggestStorageClass(given, offers.slice(0, 1), intra)).toEqual({ storageClass: 'slow', noCeph });
  });
  test('is empty when the destination has no fitting class and no default', () => {
    expect(suggestStorageClass({ ...wanted, provisioner: 'z' }, offers.slice(1)).storageClass).toBe('');
  });
});

describe('what owns the pods of a volume', () => {
  const owner = (apiVersion: string, kind: string) => ({ apiVersion, kind, name: 'o', uid: 'u' });
  const type = (...owners: ReturnType<typeof owner>[]) => ownerTypeOf({ name: 'pod', owners }, () => undefined);
  test.each([
    ['nobody', type(), 'Unknown'],
    ['two', type(owner('apps/v1', 'DaemonSet'), owner('batch/v1', 'Job')), 'Unknown'],
    ['a StatefulSet', type(owner('apps/v1', 'StatefulSet')), 'StatefulSet'],
    ['a DaemonSet', type(owner('apps/v1', 'DaemonSet')), 'DaemonSet'],
    ['a Job', type(owner('batch/v1', 'Job')), 'Job'],
    ['a set that is gone', type(owner('apps/v1', 'ReplicaSet')), 'ReplicaSet'],
    ['a machine', type(owner('kubevirt.io/v1', 'VirtualMachineInstance')), 'VirtualMachine'],
    ['something else', type(owner('x.io/v1', 'Thing')), 'Unknown'],
    [
      'a Deployment, over its set',
      ownerTypeOf({ name: 'pod', owners: [owner('apps/v1', 'ReplicaSet')] }, () => owner('apps/v1', 'Deployment')),
      'Deployment',
    ],
    [
      'a machine, over a hot-plug pod',
      ownerTypeOf({ name: 'hp-volume-1', owners: [owner('v1', 'Pod')] }, () => undefined),
      'VirtualMachine',
    ],
  ])('%s', (_title, found, expected) => {
    expect(found).toBe(expected);
  });
  test('is Unknown when its pods differ', () => {
    expect(commonOwnerType(['Job', 'Job'])).toBe('Job');
    expect(commonOwnerType(['Job', 'Deployment'])).toBe('Unknown');
    expect(commonOwnerType([])).toBe('Unknown');
  });
});

describe('a plan is suspended', () => {
  const run = { running: false, stage: false, rollback: false, succeeded: false };
  test.each([
    ['without migrations: no', [], false],
    ['while one runs', [{ ...run, running: true }], true],
    ['after a final one', [{ ...run, succeeded: true }], true],
    ['after a stage: no', [{ ...run, stage: true, succeeded: true }], false],
    ['after one that failed: no', [run], false],
    [
      'after a rollback: no',
      [
        { ...run, rollback: true, succeeded: true },
        { ...run, succeeded: true },
      ],
      false,
    ],
    [
      'after a final one that followed a rollback',
      [
        { ...run, succeeded: true },
        { ...run, rollback: true, succeeded: true },
      ],
      true,
    ],
    [
      'after a stage that followed a final one',
      [
        { ...run, stage: true, succeeded: true },
        { ...run, succeeded: true },
      ],
      true,
    ],
  ])('%s', (_title, migrations, expected) => {
    expect(isSuspended(migrations, false)).toBe(expected);
  });
  test('never while a refresh is asked for', () => {
    expect(isSuspended([{ ...run, running: true }], true)).toBe(false);
  });
});

describe('objects of a destination namespace', () => {
  const object = (kind: string, name: string, metadata: object = {}, content: object = {}) => ({
    apiVersion: 'v1',
    kind,
    metadata: { namespace: 'shop', name, ...metadata },
    ...content,
  });
  test.each([
    ['a ConfigMap of someone is foreign', object('ConfigMap', 'a'), true],
    ['what this plan made is not', object('ConfigMap', 'a', { labels: { 'migration.openshift.io/migrated-by-migplan': 'me' } }), false],
    [
      'what another plan made is foreign',
      object('ConfigMap', 'a', { labels: { 'migration.openshift.io/migrated-by-migplan': 'you' } }),
      true,
    ],
    ['transfer objects are not', object('Secret', 'a', { labels: { 'app.kubernetes.io/part-of': 'openshift-migration' } }), false],
    ['the CA of the cluster is not', object('ConfigMap', 'kube-root-ca.crt'), false],
    ['tokens of service accounts are not', object('Secret', 'a', {}, { type: 'kubernetes.io/service-account-token' }), false],
    [
      'what a controller made is not',
      object('Job', 'a', { ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: 'c', uid: 'u', controller: true }] }),
      false,
    ],
  ])('%s', (_title, given, expected) => {
    expect(isForeign(given, 'me')).toBe(expected);
  });
  test.each([
    ['nothing of that name', [], false],
    ['another kind of that name', [object('Secret', 'a')], false],
    ['the same content', [object('ConfigMap', 'a', { uid: 'x' }, { data: { k: 'v' } })], false],
    ['other content', [object('ConfigMap', 'a', {}, { data: { k: 'w' } })], true],
  ])('on the source %s clashes or not', (_title, source, expected) => {
    expect(clashes(object('ConfigMap', 'a', {}, { data: { k: 'v' } }), source)).toBe(expected);
  });
  test('what servers set does not count, and a claim of the same name always clashes', () => {
    const service = (clusterIP: string) => object('Service', 'web', {}, { spec: { clusterIP, ports: [{ port: 80 }] } });
    expect(clashes(service('10.0.0.1'), [service('10.0.0.2')])).toBe(false);
    expect(clashes(object('PersistentVolumeClaim', 'db'), [object('PersistentVolumeClaim', 'db')])).toBe(true);
  });
});

describe('quotas', () => {
  const quota = (hard: Record<string, string>, used: Record<string, string> = {}): ResourceQuota => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { namespace: 'shop', name: 'q' },
    status: { hard, used },
  });
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {},
    spec: { containers: [{ name: 'a', resources: { requests: { cpu: '250m', memory: '64Mi' }, limits: { cpu: '1' } } }] },
  };
  const needs = needsOf([aVolume('a'), aVolume('b'), aVolume('c', { action: 'skip' })], [pod, pod]);
  test.each([
    ['room enough', quota({ 'requests.storage': '3Gi', pods: '2' }), []],
    ['too little storage', quota({ 'requests.storage': '3Gi' }, { 'requests.storage': '2Gi' }), ['requests.storage 2Gi 1Gi']],
    ['too few claims', quota({ persistentvolumeclaims: '1' }), ['persistentvolumeclaims 2 1']],
    [
      'too little of a class',
      quota({ 'standard.storageclass.storage.k8s.io/requests.storage': '1Gi' }),
      ['standard.storageclass.storage.k8s.io/requests.storage 2Gi 1Gi'],
    ],
    ['too few pods', quota({ pods: '1' }), ['pods 2 1']],
    ['too little processor', quota({ 'requests.cpu': '100m' }), ['requests.cpu 0.5 0.1']],
    ['another class does not matter', quota({ 'fast.storageclass.storage.k8s.io/requests.storage': '0' }), []],
  ])('%s', (_title, given, expected) => {
    expect(exceededBy(needs, given).map(({ resource, needed, left }) => `${resource} ${needed} ${left}`)).toEqual(expected);
  });
});

test('pods that are not healthy are listed by namespace and owner', () => {
  const pod = (name: string, status: Pod['status'], kind = 'ReplicaSet'): Pod => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'shop', name, ownerReferences: [{ apiVersion: 'x', kind, name: 'web', uid: 'u' }] },
    ...(status === undefined ? {} : { status }),
  });
  const waiting = (reason: string) => ({
    containerStatuses: [{ name: 'a', image: '', imageID: '', ready: false, restartCount: 0, state: { waiting: { reason } } }],
  });
  const pods = [
    pod('fine', { phase: 'Running' }),
    pod('looping', waiting('CrashLoopBackOff')),
    pod('pulling', waiting('ImagePullBackOff')),
    pod('starting', waiting('ContainerCreating')),
    pod('homeless', { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }] }),
    pod('tried', { phase: 'Failed' }, 'Job'),
  ];
  expect(unhealthyNamespaces(pods.map(podView))).toEqual([
    { name: 'shop', workloads: [{ name: 'web', resources: ['Pod/looping', 'Pod/pulling', 'Pod/homeless'] }] },
  ]);
});
