import { EtcdBackupRecord, HCPEtcdBackup } from '@godwit/api';
import { apiVersionOf } from '@godwit/kube';
import type { Snapshot } from '../snapshot/take-snapshot.ts';

/** Everything that is known of a snapshot: the spec of its record, and a part of the status of a move. */
export type SnapshotRecord = EtcdBackupRecord['spec'];

/** What a snapshot does not say of itself. */
export type RecordFacts = {
  location: SnapshotRecord['location'];
  hostedCluster: SnapshotRecord['hostedCluster'];
  /** ISO time in whole seconds. */
  taken: string;
};

/** The record of a snapshot. */
export const snapshotRecord = (snapshot: Snapshot, { location, hostedCluster, taken }: RecordFacts): SnapshotRecord => ({
  location,
  size: snapshot.bytes,
  sha256: snapshot.sha256,
  revision: String(snapshot.revision),
  hash: String(snapshot.hash),
  keyCount: snapshot.totalKeys,
  etcdClusterID: snapshot.clusterId,
  members: snapshot.members.map(({ name }) => name),
  taken,
  hostedCluster,
  ...(snapshot.keyName === undefined ? {} : { keyFingerprint: snapshot.keyName }),
});

/** The object that keeps the record; it has the name of its backup and goes with it. */
export const backupRecord = ({ metadata }: HCPEtcdBackup, spec: SnapshotRecord): EtcdBackupRecord => ({
  apiVersion: apiVersionOf(EtcdBackupRecord),
  kind: EtcdBackupRecord.kind,
  metadata: {
    ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
    name: metadata.name ?? '',
    ownerReferences: [
      { apiVersion: apiVersionOf(HCPEtcdBackup), kind: HCPEtcdBackup.kind, name: metadata.name ?? '', uid: metadata.uid ?? '' },
    ],
  },
  spec,
});
