import { Secret } from '@godwit/api';
import { encryptionConfiguration } from '../../etcd/key/encryption-configuration.ts';
import { components } from '../../names.ts';
import type { ControlPlane } from '../control-plane.ts';
import { type Manifest, manifestOf } from '../manifest.ts';
import { PkiError } from './complete-certificates.ts';
import { ENCRYPTION_SECRET } from './encryption-secret.ts';
import { dataOf } from './secret-data.ts';

const keyIn = (plane: ControlPlane, secrets: readonly Secret[], name: string): Buffer => {
  const data = secrets.find(({ metadata }) => metadata.name === name)?.data?.key;
  if (data === undefined)
    throw new PkiError(
      `Secret ${plane.namespace}/${name} with the encryption key under \`key\` is missing: create it beside the HostedCluster`,
    );
  return Buffer.from(data, 'base64');
};

/** The Secret that tells the API server how to encrypt; none when Secrets are not encrypted. */
export const encryptionObject = (plane: ControlPlane, secrets: readonly Secret[]): Manifest[] => {
  const { encryption } = plane;
  if (encryption === undefined) return [];
  const configuration = encryptionConfiguration({
    active: keyIn(plane, secrets, encryption.activeKey),
    backup: encryption.backupKey === undefined ? undefined : keyIn(plane, secrets, encryption.backupKey),
  });
  const about = { component: components.apiServer, name: ENCRYPTION_SECRET };
  return [manifestOf(plane, Secret, about, { type: 'Opaque', data: dataOf({ 'config.yaml': JSON.stringify(configuration) }) })];
};
