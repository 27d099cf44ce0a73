import type { Pod } from '@godwit/api';
import { expect, test } from 'vitest';
import { restoredCondition } from './restored-condition.ts';

type Terminated = { exitCode: number; reason?: string; message?: string };

const pod = (name: string, state: object, lastState: object = {}): Pod =>
  ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    status: { initContainerStatuses: [{ name: 'etcd-init', state, lastState }] },
  }) as Pod;
const ended = (name: string, terminated: Terminated) => pod(name, { terminated });
const done = (name: string) => ended(name, { exitCode: 0 });
const waiting = (name: string, terminated: Terminated) => pod(name, { waiting: { reason: 'CrashLoopBackOff' } }, { terminated });

const one = { replicas: 1, readyReplicas: 1 };
const three = { replicas: 3, readyReplicas: 3 };

test.each<[string, Parameters<typeof restoredCondition>[0], string, string]>([
  ['one ready member whose restore is done', { ...one, pods: [done('etcd-0')] }, 'True', 'AsExpected'],
  ['three such members', { ...three, pods: [done('etcd-0'), done('etcd-1'), done('etcd-2')] }, 'True', 'AsExpected'],
  ['two of three', { ...three, readyReplicas: 2, pods: [done('etcd-0'), done('etcd-1')] }, 'False', 'WaitingForRestore'],
  [
    'an init container that failed',
    { ...one, readyReplicas: 0, pods: [ended('etcd-0', { exitCode: 1, reason: 'somethingfailed' })] },
    'False',
    'somethingfailed',
  ],
  [
    'a script that named its reason',
    {
      ...one,
      readyReplicas: 0,
      pods: [waiting('etcd-0', { exitCode: 1, reason: 'Error', message: 'SnapshotCorrupt: The snapshot was refused\n' })],
    },
    'False',
    'SnapshotCorrupt',
  ],
  [
    'a second try under way after the cause was mended',
    { ...one, pods: [pod('etcd-0', { terminated: { exitCode: 0 } }, { terminated: { exitCode: 1 } })] },
    'True',
    'AsExpected',
  ],
  [
    'a problem before any pod',
    { ...one, readyReplicas: 0, pods: [], problem: { reason: 'RestoreSnapshotsDiffer', message: 'm' } },
    'False',
    'RestoreSnapshotsDiffer',
  ],
  [
    'a False that stood before',
    { ...one, pods: [done('etcd-0')], previous: { status: 'False', reason: 'SnapshotDownloadFailed', message: 'm' } },
    'True',
    'AsExpected',
  ],
  [
    'a True that stood before, without any pod',
    { ...three, readyReplicas: 0, pods: [], previous: { status: 'True', reason: 'AsExpected', message: 'm' } },
    'True',
    'AsExpected',
  ],
])('T64 G-H16 %s', (_title, facts, status, reason) => {
  expect(restoredCondition(facts)).toMatchObject({ type: 'EtcdSnapshotRestored', status, reason });
});

test('the message is that of the script, with the member it comes from', () => {
  const pods = [waiting('etcd-1', { exitCode: 1, message: 'DataDirNotEmpty: The data directory is not empty' })];
  expect(restoredCondition({ ...three, pods }).message).toBe('etcd-1: The data directory is not empty');
});
