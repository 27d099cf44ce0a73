import { type MigStorage, Secret } from '@godwit/api';
import type { StoreAccess } from '@godwit/objectstore';
import type { World } from '../world.ts';
import { type Credentials, credentialKeys, credentialsOf } from './credentials.ts';
import { FOLDER_PROVIDER } from './settings.ts';

const DEFAULT_REGION = 'us-east-1';

/** The directory in a bucket under which everything lies, as upstream has it; a folder is used as it is. */
export const BUCKET_PREFIX = 'velero';

/** A MigStorage that nothing can be stored in yet; the message names it and the next step, never a secret. */
export class StorageAccessError extends Error {
  override readonly name = 'StorageAccessError';
}

const named = ({ metadata }: MigStorage): string => `MigStorage ${metadata.namespace}/${metadata.name}`;

const required = (value: string | undefined, storage: MigStorage, remedy: string): string => {
  if (value) return value;
  throw new StorageAccessError(`${named(storage)}: ${remedy}`);
};

const bucketAccess = (storage: MigStorage, credentials: Credentials | undefined): StoreAccess => {
  const { awsBucketName, awsRegion, awsS3Url, awsS3ForcePathStyle, s3CustomCABundle, insecure } = storage.spec.backupStorageConfig;
  const key = (name: string): string =>
    required(credentials?.[name], storage, `the Secret of backupStorageConfig.credsSecretRef lacks ${name}: add it.`);
  return {
    kind: 's3',
    bucket: required(awsBucketName, storage, 'set backupStorageConfig.awsBucketName.'),
    prefix: BUCKET_PREFIX,
    region: awsRegion || DEFAULT_REGION,
    ...(awsS3Url ? { endpoint: awsS3Url } : {}),
    forcePathStyle: awsS3ForcePathStyle ?? Boolean(awsS3Url),
    accessKeyId: key(credentialKeys.accessKeyId),
    secretAccessKey: key(credentialKeys.secretAccessKey),
    ...(s3CustomCABundle ? { caBundle: Buffer.from(s3CustomCABundle, 'base64').toString('utf8') } : {}),
    insecure: insecure === true,
  };
};

/** How to reach the store that a MigStorage describes, with these credentials; throws StorageAccessError when it says too little. */
export const accessWith = (storage: MigStorage, credentials: Credentials | undefined): StoreAccess => {
  const { backupStorageProvider: provider, backupStorageConfig: config } = storage.spec;
  if (provider === FOLDER_PROVIDER)
    return { kind: 'folder', path: required(config.path, storage, 'set backupStorageConfig.path to a folder.') };
  if (provider === 'aws') return bucketAccess(storage, credentials);
  throw new StorageAccessError(
    `${named(storage)}: the embedded engine cannot store with provider ${provider}. Use aws (any S3-compatible store) or ${FOLDER_PROVIDER}, or run Velero.`,
  );
};

/** Reads the credentials that a reference of a MigStorage names; undefined when the reference or the secret is missing. */
export const readCredentials = async (
  { cache, connections }: World,
  storage: MigStorage,
  reference = storage.spec.backupStorageConfig.credsSecretRef,
): Promise<Credentials | undefined> => {
  const { namespace = storage.metadata.namespace, name } = reference ?? {};
  return name ? credentialsOf((await cache(connections.host, Secret, { namespace })).get({ namespace, name })) : undefined;
};

/** How to reach the store that a MigStorage describes; reads its secret. */
export const storeAccessOf = async (world: World, storage: MigStorage): Promise<StoreAccess> =>
  accessWith(storage, storage.spec.backupStorageProvider === FOLDER_PROVIDER ? undefined : await readCredentials(world, storage));
