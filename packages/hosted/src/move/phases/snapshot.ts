import { Secret } from '@godwit/api';
import { timeOf } from '@godwit/controller';
import { snapshotRecord } from '../../etcd/backup/record.ts';
import { encryptionKeyName, refusePublic, type Snapshot, takeSnapshot, uploadSnapshot } from '../../etcd/index.ts';
import { done, type Outcome } from '../../etcd/outcome.ts';
import { keysOf } from '../names.ts';
import { taskPhase } from '../phase.ts';
import { Done, KeyUnproven } from '../reasons.ts';
import { clusterAt, type Scope } from '../scope.ts';
import { etcdAt } from './writers.ts';

/** The key that Secrets of the hosted cluster are encrypted with; undefined: they are not. */
const encryptionKeyAt = async (scope: Scope, side: 'source' | 'target'): Promise<Buffer | undefined> => {
  const cluster = await clusterAt(scope, side);
  const name = cluster?.spec.secretEncryption?.aescbc?.activeKey.name;
  if (name === undefined) return undefined;
  const secret = await scope[side].get(Secret, { namespace: scope.at[side].namespace, name });
  return secret?.data?.key === undefined ? undefined : Buffer.from(secret.data.key, 'base64');
};

const runIdOf = ({ move }: Scope): string => `move-${move.metadata.uid}`;

const snapshotFacts = (scope: Scope, cluster: NonNullable<Awaited<ReturnType<typeof clusterAt>>>) => {
  const { move } = scope;
  const { bucket, region, endpoint } = move.spec.store;
  return {
    location: { bucket, region, key: keysOf(move).snapshot, ...(endpoint === undefined ? {} : { endpoint }) },
    hostedCluster: {
      namespace: cluster.metadata.namespace ?? '',
      name: cluster.metadata.name ?? '',
      uid: cluster.metadata.uid ?? '',
      infraID: cluster.spec.infraID ?? '',
      clusterID: cluster.spec.clusterID ?? '',
      releaseImage: cluster.spec.release.image,
    },
    taken: timeOf(scope.world.clock.now()),
  };
};

type Stored = { snapshot: Snapshot; record: ReturnType<typeof snapshotRecord> };

const take = async (scope: Scope, signal: AbortSignal): Promise<Outcome<Stored>> => {
  const cluster = await clusterAt(scope, 'source');
  if (cluster === undefined) throw new Error('the HostedCluster is gone from the source');
  const etcd = await etcdAt(scope, 'source');
  const [key, isPublic] = await Promise.all([
    encryptionKeyAt(scope, 'source'),
    refusePublic(scope.store, keysOf(scope.move).snapshot, signal),
  ]);
  if (!isPublic.ok) return isPublic;
  const snapshot = await takeSnapshot(etcd, { runId: runIdOf(scope), writersStopped: true, signal });
  if (!snapshot.ok) return snapshot;
  const held = key === undefined ? undefined : encryptionKeyName(key);
  const stored = snapshot.value.keyName;
  if (stored !== undefined && stored !== held) return { ok: false, said: KeyUnproven({ stored, held: held ?? 'none' }) };
  await scope.store.delete([keysOf(scope.move).snapshot]); // of a try that was cut off: this one may have other bytes
  const uploaded = await uploadSnapshot(etcd, snapshot.value, {
    store: scope.store,
    key: keysOf(scope.move).snapshot,
    caBundle: scope.storeAuthority,
    encryptionKey: stored === undefined ? undefined : key,
    signal,
  });
  return uploaded.ok ? done({ snapshot: snapshot.value, record: snapshotRecord(snapshot.value, snapshotFacts(scope, cluster)) }) : uploaded;
};

/** Rows 3, 4 and 6: a checked snapshot lies in the bucket, was read back, and a secret of it was decrypted with the key that moves along. */
export const saveEtcd = taskPhase<Stored>({
  row: 4,
  name: 'SaveEtcd',
  step: 'Backup',
  description: 'Taking a snapshot of etcd, and storing and proving it in the bucket',
  deadlineSeconds: 1800,
  run: (scope, _move, signal) => take(scope, signal),
  tell: ({ snapshot, record }) => ({
    said: Done({ what: `${record.size} bytes at revision ${record.revision} lie in the bucket, read back and equal` }),
    notes: { snapshot: { ...record, keys: snapshot.keys } },
    evidence: [
      {
        name: 'snapshot',
        result: `revision ${record.revision}, ${record.keyCount} keys, ${record.size} bytes`,
        hashes: { snapshot: record.sha256 },
      },
      {
        name: 'upload',
        result: `read back from ${record.location.bucket}/${record.location.key}, equal`,
        hashes: { object: record.sha256 },
      },
      {
        name: 'encryption key',
        result: record.keyFingerprint === undefined ? 'secrets are not encrypted' : `a secret opens with ${record.keyFingerprint}`,
      },
    ],
  }),
});
