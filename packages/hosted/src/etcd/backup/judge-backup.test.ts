import type { HCPEtcdBackup } from '@godwit/api';
import { expect, test } from 'vitest';
import { activeBeside, backupClaim, claimOf, toForget } from './judge-backup.ts';
import { objectKey } from './run-backup.ts';

const aBackup = (name: string, minute: number, reason?: string): HCPEtcdBackup =>
  ({
    metadata: { name, uid: name, creationTimestamp: `2030-01-01T10:${String(minute).padStart(2, '0')}:00Z` },
    status: reason ? { conditions: [{ type: 'BackupCompleted', status: 'False', reason, message: '', lastTransitionTime: '' }] } : {},
  }) as unknown as HCPEtcdBackup;

test.each([
  ['no other', [], undefined],
  ['another that runs', [aBackup('newer', 9, 'BackupInProgress')], 'newer'],
  ['an older one that waits', [aBackup('older', 1)], 'older'],
  ['a newer one that waits', [aBackup('newer', 9)], undefined],
  ['an older one that has ended', [aBackup('older', 1, 'BackupFailed')], undefined],
])('T69 a backup beside %s', (_title, others, name) => {
  const backup = aBackup('this', 5);
  expect(activeBeside(backup, [backup, ...others])?.metadata.name).toBe(name);
});

test('T69 a backup that runs goes on beside a newer one', () => {
  const backup = aBackup('this', 5, 'BackupInProgress');
  expect(activeBeside(backup, [backup, aBackup('newer', 9, 'BackupInProgress'), aBackup('older', 1)])).toBeUndefined();
});

test('T69 the newest ended backups are kept, and none that runs is forgotten', () => {
  const ended = [1, 2, 3, 4].map((minute) => aBackup(`b${minute}`, minute, 'BackupSucceeded'));
  expect(toForget([...ended, aBackup('b0', 0, 'BackupInProgress')], 2).map(({ metadata }) => metadata.name)).toEqual(['b2', 'b1']);
});

test('T69 backups that failed or were rejected push none out that succeeded, and there are no more of them', () => {
  const good = aBackup('good', 0, 'BackupSucceeded');
  const others = [1, 2, 3].map((minute) => aBackup(`bad${minute}`, minute, minute === 2 ? 'BackupRejected' : 'BackupFailed'));
  expect(toForget([good, ...others], 2).map(({ metadata }) => metadata.name)).toEqual(['bad1']);
});

test.each([
  ['EtcdMemberDown', 0, 'EtcdUnhealthy'],
  ['EtcdUnhealthy', 86_400, 'EtcdUnhealthy'],
  ['EtcdNoSpace', 0, 'BackupFailed'],
  ['UploadFailed', 0, 'BackupFailed'],
  ['StoreUnavailable', 3599, 'BackupInProgress'],
  ['StoreUnavailable', 3600, 'BackupFailed'],
])('T69 %s of a backup that is %i seconds old is the reason %s, with the name in its message', (reason, seconds, told) => {
  expect(claimOf({ reason, message: 'why' }, seconds)).toMatchObject({ status: 'False', reason: told, message: `${reason}: why` });
});

test('only success is True', () => {
  expect(backupClaim('BackupSucceeded', '').status).toBe('True');
  expect(backupClaim('BackupInProgress', '').status).toBe('False');
});

test('T70 an object is named by prefix, seconds and run', () => {
  expect(objectKey('/a/b/', new Date('2030-01-01T10:00:00Z'), 'run-1')).toBe('a/b/1893492000-run-1.db');
});
