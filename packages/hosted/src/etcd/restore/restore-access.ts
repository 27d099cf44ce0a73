import { EtcdBackupRecord, HCPEtcdBackup, Secret } from '@godwit/api';
import type { Settings, World } from '../../world.ts';
import { type Outcome, refused } from '../outcome.ts';
import { SnapshotCredentialsMissing } from '../reasons.ts';
import { type S3Access, storeAccessOf } from '../upload/store-access.ts';
import type { S3Object } from './s3-url.ts';

/** What a restore needs of the world. */
export type RestoreWorld = Pick<World, 'clock' | 'management' | 'openStore'> & { settings: Pick<Settings, 'namespace'> };

/** A region is part of every signature; stores other than AWS take any. */
const REGION = 'us-east-1';

/** How the credentials of a restore are found: by a name, else those of the backup that wrote the object. */
export type CredentialsHint = {
  url: string;
  /** Value of the annotation `godwit.io/restore-credentials`. */
  credentials?: string | undefined;
};

const backupOf = async (
  { management }: RestoreWorld,
  url: string,
): Promise<NonNullable<HCPEtcdBackup['spec']['storage']['s3']> | undefined> =>
  (await management.list(HCPEtcdBackup)).items.find(({ status }) => status?.snapshotURL === url)?.spec.storage.s3;

/** The record of an object, if this cluster has it; its SHA-256 is then checked by every member. */
export const recordOf = async ({ management }: RestoreWorld, { bucket, key }: S3Object): Promise<EtcdBackupRecord['spec'] | undefined> =>
  (await management.list(EtcdBackupRecord)).items.find(({ spec }) => spec.location.bucket === bucket && spec.location.key === key)?.spec;

/** Access to the bucket of an `s3://` URL; without credentials `SnapshotCredentialsMissing`. */
export const restoreAccess = async (
  world: RestoreWorld,
  object: S3Object,
  { url, credentials }: CredentialsHint,
): Promise<Outcome<S3Access>> => {
  const backup = await backupOf(world, url);
  const name = credentials ?? backup?.credentials.name;
  const { namespace } = world.settings;
  if (name === undefined)
    return refused(SnapshotCredentialsMissing({ url, namespace, why: 'no Secret is named, and no backup here wrote it' }));
  const secret = await world.management.get(Secret, { namespace, name });
  if (secret === undefined) return refused(SnapshotCredentialsMissing({ url, namespace, why: `Secret ${name} does not exist` }));
  const region = secret.data?.region ? Buffer.from(secret.data.region, 'base64').toString('utf8').trim() : undefined;
  return storeAccessOf(secret, { bucket: object.bucket, region: backup?.region ?? region ?? REGION });
};
