import { expect, test } from 'vitest';
import { faultOfSnapshot, type SnapshotFacts } from './judge-snapshot.ts';

const facts: SnapshotFacts = {
  namespace: 'ns',
  member: 'etcd-0',
  before: 10,
  saved: 10,
  written: undefined,
  keys: { leases: 2, minions: 1 },
  sampleKey: 'key-1',
};

test.each<[string, Partial<SnapshotFacts>, Parameters<typeof faultOfSnapshot>[1], string | undefined]>([
  ['a snapshot of a stopped etcd', {}, { keyName: 'key-1', present: ['leases', 'minions'] }, undefined],
  ['a write while there may be none', { written: 'a key was written at revision 11' }, {}, 'RevisionMoved'],
  ['writes that are allowed', { saved: 11 }, {}, undefined],
  ['a member that lags behind', { saved: 9 }, {}, 'SnapshotFailed'],
  ['no node', { keys: { leases: 2, minions: 0 } }, { present: ['leases', 'minions'] }, 'SnapshotIncomplete'],
  ['another key', {}, { keyName: 'key-2' }, 'EncryptionKeyMismatch'],
  ['secrets in the clear where they should not be', { sampleKey: 'none' }, { keyName: 'key-1' }, 'EncryptionKeyMismatch'],
])('%s', (_title, changes, expected, reason) => {
  expect(faultOfSnapshot({ ...facts, ...changes }, expected)?.reason).toBe(reason);
});
