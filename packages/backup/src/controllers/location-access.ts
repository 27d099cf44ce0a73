import { join } from 'node:path';
import type { StoreAccess } from '@godwit/objectstore';
import type { BackupStorageLocation } from '../velero.ts';
import { parseCredentials } from './credentials.ts';

/** The provider of locations that are folders. */
export const FOLDER_PROVIDER = 'godwit.io/filesystem';

/** How a location is reached, or why it cannot be used from here. */
export type LocationAccess = { access: StoreAccess } | { refused: string };

/** What this process allows, and the secrets that the location names. */
export type LocationFacts = { allowFolders: boolean; hostName: string; credentials: string | undefined; caCert: string | undefined };

const folderAccess = ({ metadata, spec }: BackupStorageLocation, { allowFolders, hostName }: LocationFacts): LocationAccess => {
  const { path, host } = spec.config ?? {};
  const name = metadata.name;
  if (!path) return { refused: `BackupStorageLocation ${name} names no folder; set config key path` };
  if (!allowFolders)
    return {
      refused: `BackupStorageLocation ${name} is a folder, which this process does not use; choose a bucket, or run Godwit on ${host ?? 'its host'}`,
    };
  if (host !== hostName)
    return {
      refused: `BackupStorageLocation ${name} is a folder on host ${host ?? '(config key host is not set)'}, but this is ${hostName}; run Godwit there, or choose a bucket`,
    };
  return { access: { kind: 'folder', path: join(path, spec.objectStorage?.prefix ?? '') } };
};

const isArn = (bucket: string): boolean => bucket.startsWith('arn:');

/** Reads a location: provider, bucket or folder, credentials (an AWS credentials file) and certificates. */
export const locationAccess = (location: BackupStorageLocation, facts: LocationFacts): LocationAccess => {
  const { metadata, spec } = location;
  if (spec.provider === FOLDER_PROVIDER) return folderAccess(location, facts);
  if (spec.provider !== 'aws' && spec.provider !== 'velero.io/aws')
    return { refused: `provider ${spec.provider} of BackupStorageLocation ${metadata.name} is not known; use aws or ${FOLDER_PROVIDER}` };
  const { bucket = '', prefix = '', caCert, caCertRef } = spec.objectStorage ?? {};
  if (bucket === '') return { refused: `BackupStorageLocation ${metadata.name} names no bucket; set objectStorage.bucket` };
  if (bucket.includes('/') && !isArn(bucket))
    return {
      refused: `backup storage location's bucket name ${bucket} must not contain a '/' (if using a prefix, put it in the 'Prefix' field instead)`,
    };
  if (caCert && caCertRef) return { refused: `BackupStorageLocation ${metadata.name} has both caCert and caCertRef; keep one` };
  const config = spec.config ?? {};
  const keys = facts.credentials === undefined ? undefined : parseCredentials(facts.credentials, config.profile);
  if (!keys)
    return {
      refused: `the credentials of BackupStorageLocation ${metadata.name} are missing; name a Secret with an AWS credentials file in spec.credential`,
    };
  const endpoint = config.s3Url;
  const bundle = facts.caCert ?? (caCert ? Buffer.from(caCert, 'base64').toString() : undefined);
  return {
    access: {
      kind: 's3',
      bucket,
      prefix,
      region: config.region ?? '',
      ...(endpoint && { endpoint }),
      forcePathStyle: config.s3ForcePathStyle === 'true',
      ...keys,
      ...(bundle && { caBundle: bundle }),
      insecure: config.insecureSkipTLSVerify === 'true',
    },
  };
};
