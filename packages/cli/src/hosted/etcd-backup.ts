import { EtcdBackupRecord, fieldManagers, HCPEtcdBackup, type HostedCluster, Secret } from '@godwit/api';
import type { Client, ObjectName } from '@godwit/kube';
import { Failure } from '../failure.ts';
import { dnsLabel } from '../migrate/names.ts';
import { conditionOf } from '../printers/standard-conditions.ts';
import type { View } from '../progress/reporter.ts';
import { statesOf, type Waiting } from '../watch-object.ts';
import { homeOf } from './find.ts';
import type { StoreRequest } from './store-request.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The Secret, in the namespace of the operator, with which backups of a hosted cluster are stored and read. */
export const credentialsSecret = (namespace: string, cluster: string, store: StoreRequest) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { namespace, name: dnsLabel(`etcd-backup-${cluster}`) },
  type: 'Opaque',
  data: {
    credentials: base64(store.credentials),
    region: base64(store.region),
    ...(store.endpoint === undefined ? {} : { endpoint: base64(store.endpoint), 'force-path-style': base64(String(store.forcePathStyle)) }),
    ...(store.caBundle === undefined ? {} : { 'ca-bundle.crt': base64(store.caBundle) }),
  },
});

const stamp = (now: Date): string => now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');

/** The request for one backup of the etcd of a hosted cluster; its name carries the time, and what the server adds so that no two are the same. */
export const backupRequest = (
  cluster: HostedCluster,
  store: StoreRequest,
  { secret, now }: { secret: string; now: Date },
): HCPEtcdBackup => {
  const name = cluster.metadata.name ?? '';
  return {
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: HCPEtcdBackup.kind,
    metadata: { namespace: homeOf(cluster), generateName: `${dnsLabel(name, 40)}-${stamp(now)}-` },
    spec: {
      storage: {
        storageType: 'S3',
        s3: { bucket: store.bucket, region: store.region, keyPrefix: store.prefix || name, credentials: { name: secret } },
      },
    },
  };
};

/** Asks for a backup; the credentials go before it. */
export const askForBackup = async (
  client: Client,
  cluster: HostedCluster,
  store: StoreRequest,
  { operatorNamespace, now }: { operatorNamespace: string; now: Date },
): Promise<ObjectName> => {
  const options = { fieldManager: fieldManagers.cli };
  const secret = credentialsSecret(operatorNamespace, cluster.metadata.name ?? '', store);
  await client.apply(Secret, secret, options);
  const { metadata } = await client.create(HCPEtcdBackup, backupRequest(cluster, store, { secret: secret.metadata.name, now }), options);
  return { namespace: metadata.namespace, name: metadata.name ?? '' };
};

const FINAL = new Set(['BackupSucceeded', 'BackupFailed', 'BackupRejected']);

const completed = (backup: HCPEtcdBackup) => conditionOf(backup, 'BackupCompleted');

const headline = (backup: HCPEtcdBackup): string => {
  const condition = completed(backup);
  return condition === undefined ? 'waiting for the operator' : `${condition.reason}: ${condition.message}`;
};

/** How a backup that is under way is shown. */
export const backupView: View<HCPEtcdBackup> = {
  lines: (backup) => [headline(backup)],
  news: (before, backup) => (before !== undefined && headline(before) === headline(backup) ? [] : [headline(backup)]),
};

/** Follows a backup to its end; resolves with it, good or not. */
export const followBackup = async (
  client: Client,
  name: ObjectName,
  waiting: Waiting,
  tell: (backup: HCPEtcdBackup) => void,
): Promise<HCPEtcdBackup> => {
  for await (const backup of statesOf(client, HCPEtcdBackup, name, waiting)) {
    if (backup === undefined) throw new Failure(`backup "${name.name}" is gone`, { reason: 'NotFound', why: 'somebody has deleted it' });
    tell(backup);
    if (FINAL.has(completed(backup)?.reason ?? '')) return backup;
  }
  throw new Error(`the watch of backup ${name.name} ended`);
};

/** What is known of a backup that succeeded; it has the name of the backup. */
export const recordOf = (client: Client, name: ObjectName): Promise<EtcdBackupRecord | undefined> => client.get(EtcdBackupRecord, name);
