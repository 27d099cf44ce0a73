import type { Secret } from '@godwit/api';

/** Keys of the secret of a store of provider aws. */
export const credentialKeys = { accessKeyId: 'aws-access-key-id', secretAccessKey: 'aws-secret-access-key' } as const;

/** The decoded values of a credentials secret, by key. */
export type Credentials = Readonly<Record<string, string>>;

/** Decodes a secret; undefined when there is none. */
export const credentialsOf = (secret: Pick<Secret, 'data'> | undefined): Credentials | undefined =>
  secret === undefined
    ? undefined
    : Object.fromEntries(
        Object.entries(secret.data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8').trim()]),
      );

/** Velero's form of S3 credentials: an AWS shared-credentials file. */
export const credentialsFile = (credentials: Credentials): string =>
  `[default]\naws_access_key_id=${credentials[credentialKeys.accessKeyId] ?? ''}\naws_secret_access_key=${credentials[credentialKeys.secretAccessKey] ?? ''}\n`;
