import { EtcdBackupRecord, fieldManagers, HCPEtcdBackup, HostedCluster } from '@godwit/api';
import { type Controller, keyOf, nameOf, type Said, type StandardClaim, statusPatch, timeOf, withCondition } from '@godwit/controller';
import { etcdIn } from '../etcd.ts';
import { activeBeside, backupClaim, claimOf, hasEnded, isFinal, isRunning, toForget } from './judge-backup.ts';
import { readPlane } from './read-plane.ts';
import { backupRecord, type SnapshotRecord } from './record.ts';
import { type BackupWorld, runBackup } from './run-backup.ts';

/** What the controller may touch; `etcdIn` is how the members of a control plane are reached. */
export type BackupControllerWorld = BackupWorld & { etcdIn?: typeof etcdIn };

const RETRY = '10s';

type Status = NonNullable<HCPEtcdBackup['status']>;

const write = async (
  world: BackupControllerWorld,
  backup: HCPEtcdBackup,
  claim: StandardClaim,
  more: Partial<Status> = {},
): Promise<void> => {
  const conditions = withCondition(backup.status?.conditions ?? [], claim, timeOf(world.clock.now()));
  const patch = statusPatch(backup.status ?? {}, { ...backup.status, ...more, conditions });
  if (patch === undefined) return;
  const { namespace, name = '' } = backup.metadata;
  await world.management.patch(
    HCPEtcdBackup,
    { namespace, name },
    { status: patch },
    { subresource: 'status', fieldManager: fieldManagers.hosted },
  );
};

const secondsSince = ({ metadata }: HCPEtcdBackup, now: Date): number =>
  (now.getTime() - Date.parse(metadata.creationTimestamp ?? now.toISOString())) / 1000;

const urlOf = ({ location }: SnapshotRecord): string => `s3://${location.bucket}/${location.key}`;

/** Success is written last: a record without it is adopted after a crash, success without a record cannot be. */
const succeed = async (world: BackupControllerWorld, backup: HCPEtcdBackup, record: SnapshotRecord): Promise<void> => {
  const url = urlOf(record);
  const { namespace, name } = record.hostedCluster;
  const patch = { status: { lastSuccessfulEtcdBackupURL: url } };
  await world.management.create(EtcdBackupRecord, backupRecord(backup, record)).catch((error: unknown) => {
    if ((error as { reason?: string }).reason !== 'AlreadyExists') throw error;
  });
  if (await world.management.get(HostedCluster, { namespace, name }))
    await world.management.patch(HostedCluster, { namespace, name }, patch, { subresource: 'status', fieldManager: fieldManagers.hosted });
  const kmsKeyARN = backup.spec.storage.s3?.kmsKeyARN;
  await write(world, backup, backupClaim('BackupSucceeded', `The snapshot of revision ${record.revision} lies at ${url}`), {
    snapshotURL: url,
    ...(kmsKeyARN ? { encryptionMetadata: { aws: { kmsKeyARN } } } : {}),
  });
};

const forgetOld = async (world: BackupControllerWorld, all: readonly HCPEtcdBackup[]): Promise<void> => {
  for (const { metadata } of toForget(all))
    await world.management.delete(HCPEtcdBackup, { namespace: metadata.namespace, name: metadata.name ?? '' }, { uid: metadata.uid });
};

/** Works on one backup that has not ended; answers whether to look again. */
const work = async (
  world: BackupControllerWorld,
  backup: HCPEtcdBackup,
  all: readonly HCPEtcdBackup[],
  signal: AbortSignal,
): Promise<boolean> => {
  const { namespace = '', name = '' } = backup.metadata;
  const place = backup.spec.storage.s3;
  const other = activeBeside(backup, all);
  const end = async (claim: StandardClaim) => {
    await write(world, backup, claim);
    return !isFinal(claim.reason);
  };
  const refuse = (said: Said) => end(claimOf(said, secondsSince(backup, world.clock.now())));
  if (place === undefined)
    return end(
      backupClaim('BackupFailed', `Storage ${backup.spec.storage.storageType} is not supported. Create a backup with storageType S3`),
    );
  if (other) return end(backupClaim('BackupRejected', `Backup ${other.metadata.name} is under way. Create a new one when it has ended`));
  const record = await world.management.get(EtcdBackupRecord, { namespace, name });
  if (record?.metadata.ownerReferences?.some(({ uid }) => uid === backup.metadata.uid)) {
    await succeed(world, backup, record.spec);
    return false;
  }
  const plane = await readPlane(world.management, namespace);
  if (!plane.ok) return refuse(plane.said);
  // One that is tried again says why: a word that changes with every try would wake the next one.
  if (!isRunning(backup)) await write(world, backup, backupClaim('BackupInProgress', 'A snapshot is taken, stored and read back'));
  const etcd = (world.etcdIn ?? etcdIn)(world.management, { namespace, replicas: plane.value.replicas });
  const outcome = await runBackup(world, { backup, place, plane: plane.value, etcd, signal });
  if (!outcome.ok) return refuse(outcome.said);
  await succeed(world, backup, outcome.value);
  return false;
};

/** Carries out every HCPEtcdBackup once: snapshot, upload, proof, record; keeps the newest ended ones. */
export const etcdBackupController = (world: BackupControllerWorld): Controller => ({
  name: 'etcd-backup',
  sources: [{ client: world.management, resource: HCPEtcdBackup, keys: (object) => [keyOf(object)] }],
  reconcile: async (key, round) => {
    const name = nameOf(key);
    const { items } = await world.management.list(HCPEtcdBackup, { namespace: name.namespace });
    const backup = items.find(({ metadata }) => metadata.name === name.name);
    if (backup === undefined || backup.metadata.deletionTimestamp) return undefined;
    if (hasEnded(backup)) {
      await forgetOld(world, items);
      return undefined;
    }
    return (await work(world, backup, items, round.signal)) ? { after: RETRY } : undefined;
  },
});
