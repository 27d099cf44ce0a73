import type { MigStorage } from '@godwit/api';
import { readiness } from './condition-facts.ts';
import { conditionSection, describeLines } from './describe.ts';

/** A repository as text; never its keys. */
export const repoLines = (storage: MigStorage): string[] => {
  const { backupStorageConfig: config, backupStorageProvider } = storage.spec;
  const secret = config.credsSecretRef;
  return describeLines(
    storage,
    [
      ['Ready', readiness(storage)],
      ['Provider', backupStorageProvider],
      ['Bucket', config.awsBucketName ?? config.gcpBucket],
      ['Endpoint', config.awsS3Url],
      ['Region', config.awsRegion],
      ['Folder', config.path],
      ['On machine', config.host],
      ['Keys in Secret', secret === undefined ? undefined : `${secret.namespace}/${secret.name}`],
    ],
    [conditionSection(storage.status?.conditions ?? [])],
  );
};
