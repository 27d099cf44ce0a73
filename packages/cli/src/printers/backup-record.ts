import type { EtcdBackupRecord } from '@godwit/api';
import { shortBytes } from './bytes.ts';
import { describeLines } from './describe.ts';

/** What a backup of etcd holds, as text. */
export const recordLines = (record: EtcdBackupRecord): string[] => {
  const { location, size, sha256, revision, hash, keyCount, members, taken, keyFingerprint } = record.spec;
  return describeLines(
    record,
    [
      ['URL', `s3://${location.bucket}/${location.key}`],
      ['Taken', taken],
      ['Revision', revision],
      ['Hash', hash],
      ['SHA-256', sha256],
      ['Size', `${shortBytes(size)} (${size} bytes)`],
      ['Keys', String(keyCount)],
      ['Members', members.join(', ')],
      ['Encryption key', keyFingerprint ?? 'Secrets are not encrypted'],
    ],
    [],
  );
};
