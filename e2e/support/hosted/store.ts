import { readFileSync } from 'node:fs';
import { type ObjectStore, openStore } from '@godwit/objectstore';
import type { HostedSet } from './hosted-set.ts';

/** The bucket of a set, or what lies in it below a prefix. */
export const storeOf = ({ objectStore }: HostedSet, prefix = ''): ObjectStore =>
  openStore({
    kind: 's3',
    bucket: objectStore.bucket,
    prefix,
    region: 'us-east-1',
    endpoint: objectStore.endpoint,
    forcePathStyle: true,
    accessKeyId: objectStore.accessKey,
    secretAccessKey: objectStore.secretKey,
    caBundle: readFileSync(objectStore.authorityPath, 'utf8'),
    insecure: false,
  });
