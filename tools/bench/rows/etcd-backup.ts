import { readFileSync } from 'node:fs';
import { EtcdBackupRecord, HCPEtcdBackup } from '@godwit/api';
import { toStandardError } from '@godwit/devcluster';
import { ETCD_INIT_SCRIPT } from '@godwit/hosted';
import { type HostedSet, OPERATOR } from '../../../e2e/support/hosted/hosted-set.ts';
import { HOME } from '../../../e2e/support/hosted/sample.ts';
import { storeOf } from '../../../e2e/support/hosted/store.ts';
import { apply } from '../../../e2e/support/manifests.ts';
import { filledSample, type HostedStage, openHostedStage } from '../hosted-stage.ts';
import { median, type Result, type Row } from '../row.ts';
import { untilObject } from '../until.ts';

const SAMPLES = 3;
const GOAL = 1.1;
const CREDENTIALS = 'bench-store';

const TLS = '--cacert /etc/etcd/tls/etcd-ca/ca.crt --cert /etc/etcd/tls/client/etcd-client.crt --key /etc/etcd/tls/client/etcd-client.key';
/** Where both restore to; not on the volume of the running etcd. */
const SCRATCH = '/var/lib/backup/bench';

const inEtcd = ({ alpha }: HostedSet, script: string, input = '', ...args: string[]): Promise<string> =>
  alpha.run(['exec', '-i', 'etcd-0', '-n', HOME, '-c', 'etcd', '--', 'sh', '-euc', script, ...args], input);

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const writeCredentials = ({ alpha, objectStore }: HostedSet): Promise<string> =>
  apply(alpha, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: CREDENTIALS, namespace: OPERATOR },
    stringData: {
      credentials: `[default]\naws_access_key_id = ${objectStore.accessKey}\naws_secret_access_key = ${objectStore.secretKey}\n`,
      endpoint: objectStore.endpoint,
      'force-path-style': 'true',
      'ca-bundle.crt': readFileSync(objectStore.authorityPath, 'utf8'),
    },
  });

/** A backup by its object, checked and read back. */
const backUp = async ({ set, alpha }: HostedStage, name: string): Promise<void> => {
  const s3 = { bucket: set.objectStore.bucket, region: 'us-east-1', keyPrefix: 'bench', credentials: { name: CREDENTIALS } };
  await alpha.create(
    HCPEtcdBackup,
    {
      apiVersion: 'hypershift.openshift.io/v1beta1',
      kind: 'HCPEtcdBackup',
      metadata: { namespace: HOME, name },
      spec: { storage: { storageType: 'S3', s3 } },
    },
    { fieldManager: 'godwit-bench' },
  );
  const { status } = await untilObject(alpha, HCPEtcdBackup, {
    namespace: HOME,
    name,
    seconds: 300,
    holds: ({ status: now }) =>
      (now?.conditions ?? []).some(
        ({ type, status: is, reason }) => type === 'BackupCompleted' && (is === 'True' || reason === 'BackupFailed'),
      ),
  });
  const said = status?.conditions?.find(({ type }) => type === 'BackupCompleted');
  if (said?.status !== 'True') throw new Error(`the backup ended as ${said?.reason}: ${said?.message}`);
};

const RESTORE = `IFS= read -r RESTORE_URL_ETCD; cat >${SCRATCH}/trust.pem
export RESTORE_URL_ETCD RESTORE_SHA256=$1 POD_NAME=etcd-0 INITIAL_CLUSTER=etcd-0=https://localhost:2380 INITIAL_CLUSTER_TOKEN=bench
exec sh -c "$2" etcd-init ${SCRATCH} ${SCRATCH} ${SCRATCH}/log ${SCRATCH}/trust.pem 60`;

/** What the init container of a restored etcd does, in the container of the running one. */
const restore = async ({ set, alpha }: HostedStage, name: string): Promise<void> => {
  const record = await alpha.get(EtcdBackupRecord, { namespace: HOME, name });
  const url = await storeOf(set).presign(record?.spec.location.key ?? '', 900);
  const trust = readFileSync(set.objectStore.authorityPath, 'utf8');
  await inEtcd(set, RESTORE, `${url}\n${trust}`, 'restore', record?.spec.sha256 ?? '', ETCD_INIT_SCRIPT);
};

const BY_HAND = `cat >${SCRATCH}/curl
etcdctl ${TLS} --endpoints https://localhost:2379 snapshot save ${SCRATCH}/hand.db
curl -sSf -k --aws-sigv4 aws:amz:us-east-1:s3 -H 'x-amz-content-sha256: UNSIGNED-PAYLOAD' -K ${SCRATCH}/curl -T ${SCRATCH}/hand.db "$1"
curl -sSf -k --aws-sigv4 aws:amz:us-east-1:s3 -K ${SCRATCH}/curl -o ${SCRATCH}/fetched.db "$1"
etcdutl snapshot restore ${SCRATCH}/fetched.db --data-dir ${SCRATCH}/hand`;

const byHand = async ({ set }: HostedStage): Promise<void> => {
  const { endpoint, bucket, accessKey, secretKey } = set.objectStore;
  await inEtcd(set, BY_HAND, `user = "${accessKey}:${secretKey}"\n`, 'by-hand', `${endpoint}/${bucket}/bench/by-hand.db`);
};

type Pair = { backup: number; restore: number; byHand: number };

const sample = async (stage: HostedStage, name: string): Promise<Pair> => {
  const fresh = () => inEtcd(stage.set, `rm -rf ${SCRATCH}; mkdir -p ${SCRATCH}; sync`);
  await fresh();
  const reference = await seconds(() => byHand(stage));
  await fresh();
  const pair = { backup: await seconds(() => backUp(stage, name)), restore: await seconds(() => restore(stage, name)), byHand: reference };
  await fresh();
  toStandardError(`  backup ${pair.backup.toFixed(2)} s, restore ${pair.restore.toFixed(2)} s; by hand ${pair.byHand.toFixed(2)} s`);
  return pair;
};

const measure = async (): Promise<Result[]> => {
  const stage = await openHostedStage();
  await filledSample();
  await writeCredentials(stage.set);
  const pairs: Pair[] = [];
  for (let at = 1; at <= SAMPLES; at += 1) pairs.push(await sample(stage, `bench-${at}`));
  const ours = pairs.map((pair) => pair.backup + pair.restore);
  const reference = median(pairs.map((pair) => pair.byHand));
  return [
    {
      name: 'etcd-backup',
      ours: median(ours),
      reference,
      unit: 's',
      referenceKind: 'measured',
      goal: `≤ ${GOAL} × by hand`,
      met: median(ours) <= GOAL * reference,
      samples: ours,
      note: `100 MB. Ours: HCPEtcdBackup from its creation to BackupCompleted (health and hash of the members, snapshot, verified upload, read back, one secret decrypted), ${median(pairs.map(({ backup }) => backup)).toFixed(2)} s, and the program of etcd-init (download, hash, restore, synced to disk), ${median(pairs.map((pair) => pair.restore)).toFixed(2)} s. By hand in the same container: etcdctl snapshot save, curl up and down, etcdutl snapshot restore, nothing verified.`,
    },
  ];
};

/** Snapshot to the store and back, against the tools of etcd and curl. */
export const etcdBackup: Row = {
  name: 'etcd-backup',
  title: 'snapshot → S3 → restore of 100 MB, against etcdctl, curl and etcdutl',
  measure,
};
