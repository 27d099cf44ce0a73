import { hostname } from 'node:os';
import { fieldManagers, MigStorage, Secret } from '@godwit/api';
import type { Client } from '@godwit/kube';
import type { RepositoryRequest } from './repository-request.ts';

const given = (config: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(config).filter((entry): entry is [string, string] => entry[1] !== undefined));

/** Name of the Secret with the keys of a repository. */
const keysSecretName = (storage: string): string => `${storage}-credentials`;

/** The spec of a MigStorage that describes a repository. Pure but for the name of this machine, which a folder must carry. */
export const storageSpec = (
  request: RepositoryRequest,
  secret: { namespace: string; name: string },
  host = hostname(),
): MigStorage['spec'] =>
  request.kind === 'folder'
    ? { backupStorageProvider: 'godwit.io/filesystem', backupStorageConfig: { path: request.path, host } }
    : {
        backupStorageProvider: 'aws',
        backupStorageConfig: {
          awsBucketName: request.bucket,
          credsSecretRef: secret,
          ...given({
            awsRegion: request.region,
            awsS3Url: request.endpoint,
            s3CustomCABundle: request.caBundle === undefined ? undefined : Buffer.from(request.caBundle).toString('base64'),
          }),
        },
      };

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Makes a MigStorage on the host, with a Secret for its keys. */
export const registerStorage = async (
  host: Client,
  request: RepositoryRequest,
  { namespace, name }: { namespace: string; name: string },
): Promise<MigStorage> => {
  const options = { fieldManager: fieldManagers.cli };
  const secret = { namespace, name: keysSecretName(name) };
  if (request.kind === 'bucket') {
    const { accessKeyId, secretAccessKey } = request.keys;
    const data = { 'aws-access-key-id': base64(accessKeyId), 'aws-secret-access-key': base64(secretAccessKey) };
    await host.apply(Secret, { apiVersion: 'v1', kind: 'Secret', metadata: secret, type: 'Opaque', data }, options);
  }
  return host.apply(
    MigStorage,
    {
      apiVersion: 'migration.openshift.io/v1alpha1',
      kind: 'MigStorage',
      metadata: { namespace, name },
      spec: storageSpec(request, secret),
    },
    options,
  );
};
