import { expect, test } from 'vitest';
import { type Call, countCalls, frequentCalls, isStream } from './calls.ts';

const call = (cluster: Call['cluster'], method: string, path: string, began = 50): Call => ({
  cluster,
  method,
  path,
  began,
  ended: began + 1,
  status: 200,
});

const BACKUP = '/apis/velero.io/v1/namespaces/openshift-migration/backups/one';
const RUN = [call('source', 'PATCH', BACKUP, 10), call('source', 'PATCH', BACKUP, 90)];

test.each([
  ['a list while a backup runs', call('source', 'GET', '/api/v1/namespaces/shop/pods?limit=500'), 'engine'],
  ['discovery while a backup runs', call('source', 'GET', '/apis'), 'engine'],
  ['the same list before the backup', call('source', 'GET', '/api/v1/namespaces/shop/pods?limit=500', 5), 'orchestration'],
  ['the same list on the other cluster', call('target', 'GET', '/api/v1/namespaces/shop/pods?limit=500'), 'orchestration'],
  [
    'a read of a plan while a backup runs',
    call('source', 'GET', '/apis/migration.openshift.io/v1alpha1/namespaces/openshift-migration/migplans/b'),
    'orchestration',
  ],
  [
    'a list of our kinds in the namespace of the application while a backup runs',
    call('source', 'GET', '/apis/migration.openshift.io/v1alpha1/namespaces/shop/migplans?limit=500'),
    'engine',
  ],
  ['a watch while a backup runs', call('source', 'GET', '/api/v1/pods?watch=true'), 'orchestration'],
  ['the creation of a restored object', call('target', 'POST', '/api/v1/namespaces/shop/secrets?fieldManager=godwit-restore'), 'engine'],
  ['a write of another manager', call('target', 'POST', '/api/v1/namespaces/shop/secrets?fieldManager=godwit-migration'), 'orchestration'],
] as const)('%s counts as it should', (_title, one, kind) => {
  const before = countCalls(RUN)[kind][one.cluster];
  expect(countCalls([...RUN, one])[kind][one.cluster]).toBe(before + 1);
});

test.each([
  ['a status write of the engine', 'PATCH', BACKUP, 'velero'],
  ['a read of a storage location', 'GET', '/apis/velero.io/v1/namespaces/a/backupstoragelocations/b', 'velero'],
  ['the creation of a Backup', 'POST', '/apis/velero.io/v1/namespaces/a/backups', 'orchestration'],
  ['a managed write to a Backup', 'PATCH', `${BACKUP}?fieldManager=godwit-migration`, 'orchestration'],
  ['a watch of Backups', 'GET', '/apis/velero.io/v1/namespaces/a/backups?watch=true', 'orchestration'],
] as const)('%s counts as it should', (_title, method, path, kind) => {
  expect(countCalls([call('source', method, path)])[kind]).toEqual({ source: 1, target: 0 });
});

test('frequent calls are named by cluster, verb and resource, the most frequent first', () => {
  const calls = [
    call('target', 'GET', '/api/v1/nodes'),
    call('source', 'GET', '/api/v1/namespaces/shop', 5),
    call('target', 'GET', '/api/v1/nodes'),
    call('source', 'GET', '/api/v1/namespaces/shop/pods/web/log?follow=true', 5),
    ...RUN,
  ];
  expect(frequentCalls(calls, 'orchestration', 3)).toBe('2 × target GET nodes, 1 × source GET namespaces, 1 × source WATCH pods/log');
  expect(frequentCalls(calls, 'velero', 3)).toBe('2 × source PATCH backups');
});

test.each([
  ['/api/v1/pods?watch=true', true],
  ['/api/v1/namespaces/a/pods/b/log?container=c&follow=true', true],
  ['/api/v1/pods?limit=500', false],
])('%s is a stream: %s', (path, stream) => {
  expect(isStream({ path })).toBe(stream);
});
