import { type HCPEtcdBackup, Secret } from '@godwit/api';
import { timeOf } from '@godwit/controller';
import { StoreError } from '@godwit/objectstore';
import type { Settings, World } from '../../world.ts';
import type { Etcd } from '../etcd.ts';
import { encryptionKeyName } from '../key/key-name.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { CredentialsUnusable, StoreUnavailable, UploadFailed } from '../reasons.ts';
import { dropSnapshot, takeSnapshot } from '../snapshot/take-snapshot.ts';
import { type S3Access, storeAccessOf } from '../upload/store-access.ts';
import { uploadSnapshot } from '../upload/upload-snapshot.ts';
import type { Plane } from './read-plane.ts';
import { type SnapshotRecord, snapshotRecord } from './record.ts';

/** What a backup needs of the world. */
export type BackupWorld = Pick<World, 'clock' | 'management' | 'openStore'> & { settings: Pick<Settings, 'namespace'> };

type Place = NonNullable<HCPEtcdBackup['spec']['storage']['s3']>;

/** Access to the bucket that a backup names, with the credentials of its Secret in the operator's namespace. */
const accessOf = async ({ management, settings }: BackupWorld, place: Place): Promise<Outcome<S3Access>> => {
  const name = { namespace: settings.namespace, name: place.credentials.name };
  const secret = await management.get(Secret, name);
  if (secret === undefined) return refused(CredentialsUnusable({ secret: `${name.namespace}/${name.name}`, why: 'it does not exist' }));
  return storeAccessOf(secret, { bucket: place.bucket, region: place.region });
};

/** Name of an object: `<prefix>/<unix seconds>-<run>.db`; seconds as upstream, and the run so that no two ever meet. */
export const objectKey = (prefix: string, asked: Date, run: string): string =>
  `${prefix.replace(/^\/+|\/+$/g, '')}/${Math.floor(asked.getTime() / 1000)}-${run}.db`;

const sourceOf = ({ controlPlane, hostedCluster }: Plane): SnapshotRecord['hostedCluster'] => ({
  namespace: hostedCluster?.metadata.namespace ?? controlPlane.metadata.namespace ?? '',
  name: hostedCluster?.metadata.name ?? controlPlane.metadata.name ?? '',
  uid: hostedCluster?.metadata.uid ?? controlPlane.metadata.uid ?? '',
  infraID: controlPlane.spec.infraID ?? '',
  clusterID: controlPlane.spec.clusterID ?? '',
  releaseImage: controlPlane.spec.releaseImage,
});

type Run = { backup: HCPEtcdBackup; place: Place; plane: Plane; etcd: Etcd; signal: AbortSignal };

const runIdOf = ({ metadata }: HCPEtcdBackup): string => `${metadata.name}-${(metadata.uid ?? '').slice(0, 8)}`;

const storeSnapshot = async (world: BackupWorld, run: Run, access: S3Access): Promise<Outcome<SnapshotRecord>> => {
  const { backup, place, plane, etcd, signal } = run;
  const { caBundle, bucket, region, endpoint } = access;
  const runId = runIdOf(backup);
  const now = world.clock.now();
  const key = objectKey(place.keyPrefix, new Date(backup.metadata.creationTimestamp ?? now), runId);
  const store = world.openStore(access);
  await store.delete([key]); // of a try that was cut off: this one has other bytes
  const keyName = plane.encryptionKey && encryptionKeyName(plane.encryptionKey);
  const snapshot = await takeSnapshot(etcd, { runId, writersStopped: false, keyName, signal });
  if (!snapshot.ok) return snapshot;
  try {
    const options = { store, key, caBundle, kmsKey: place.kmsKeyARN, encryptionKey: plane.encryptionKey, signal };
    const stored = await uploadSnapshot(etcd, snapshot.value, options);
    if (!stored.ok) return stored;
    const location = { bucket, key, region, ...(endpoint === undefined ? {} : { endpoint }) };
    return done(snapshotRecord(snapshot.value, { location, hostedCluster: sourceOf(plane), taken: timeOf(now) }));
  } finally {
    await dropSnapshot(etcd, snapshot.value).catch(() => undefined); // the emptyDir goes with its pod; the outcome counts more
  }
};

/** Takes a snapshot, stores it and proves it; the file in the pod is removed either way. A store that is away is `StoreUnavailable`. */
export const runBackup = async (world: BackupWorld, run: Run): Promise<Outcome<SnapshotRecord>> => {
  const access = await accessOf(world, run.place);
  if (!access.ok) return access;
  try {
    return await storeSnapshot(world, run, access.value);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const why = error.message;
    return refused(error.fault === 'unreachable' ? StoreUnavailable({ why }) : UploadFailed({ url: `s3://${run.place.bucket}`, why }));
  }
};
