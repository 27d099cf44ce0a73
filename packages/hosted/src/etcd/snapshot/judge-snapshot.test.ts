import { expect, test } from 'vitest';
import { faultOfSnapshot } from './judge-snapshot.ts';

const facts = { namespace: 'ns', member: 'etcd-0', before: 10, saved: 10, after: 10, keys: { leases: 2, minions: 1 }, sampleKey: 'key-1' };

test.each<[string, Partial<typeof facts>, Parameters<typeof faultOfSnapshot>[1], string | undefined]>([
  ['a snapshot of a stopped etcd', {}, { writersStopped: true, keyName: 'key-1', present: ['leases', 'minions'] }, undefined],
  ['a write before it', { saved: 11, after: 11 }, { writersStopped: true }, 'RevisionMoved'],
  ['a write after it', { after: 11 }, { writersStopped: true }, 'RevisionMoved'],
  ['writes that are allowed', { saved: 11, after: 12 }, { writersStopped: false }, undefined],
  ['a member that lags behind', { saved: 9, after: 10 }, { writersStopped: false }, 'SnapshotFailed'],
  ['no node', { keys: { leases: 2, minions: 0 } }, { writersStopped: true, present: ['leases', 'minions'] }, 'SnapshotIncomplete'],
  ['another key', {}, { writersStopped: true, keyName: 'key-2' }, 'EncryptionKeyMismatch'],
  [
    'secrets in the clear where they should not be',
    { sampleKey: 'none' },
    { writersStopped: true, keyName: 'key-1' },
    'EncryptionKeyMismatch',
  ],
])('%s', (_title, changes, expected, reason) => {
  expect(faultOfSnapshot({ ...facts, ...changes }, expected)?.reason).toBe(reason);
});
