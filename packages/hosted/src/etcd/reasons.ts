import { reason } from '@godwit/controller';
import { copies } from '../names.ts';

/** A member did not answer: its pod does not run, or etcd in it does not. */
export const EtcdMemberDown = reason<{ member: string; namespace: string; why: string }>(
  'EtcdMemberDown',
  ({ member, namespace, why }) =>
    `etcd member ${member} in ${namespace} does not answer: ${why}. See kubectl -n ${namespace} describe pod ${member}`,
);

/** The members answer, but not as one healthy cluster. */
export const EtcdUnhealthy = reason<{ namespace: string; why: string }>(
  'EtcdUnhealthy',
  ({ namespace, why }) => `etcd in ${namespace} is not healthy: ${why}. See kubectl -n ${namespace} logs etcd-0 -c etcd`,
);

/** Members hold different data, or one of them raised the alarm CORRUPT. */
export const EtcdCorrupt = reason<{ namespace: string; why: string }>(
  'EtcdCorrupt',
  ({ namespace, why }) =>
    `The data of etcd in ${namespace} is corrupt: ${why}. Remove the differing member and let it join empty, or restore an older backup`,
);

/** etcd is over its quota, or the folder for snapshots is too small. */
export const EtcdNoSpace = reason<{ namespace: string; why: string }>(
  'EtcdNoSpace',
  ({ namespace, why }) =>
    `etcd in ${namespace} has no space: ${why}. Compact and defragment it and disarm the alarm, or free space on the node; then try again`,
);

/** The tool in the etcd container ended with an error. */
export const SnapshotFailed = reason<{ member: string; namespace: string; why: string }>(
  'SnapshotFailed',
  ({ member, namespace, why }) =>
    `No snapshot could be taken in ${namespace}/${member}: ${why}. See kubectl -n ${namespace} logs ${member} -c etcd, then try again`,
);

/** The snapshot's bytes are not what etcd wrote. */
export const SnapshotCorrupt = reason<{ where: string; check: 'size' | 'trailer' | 'hash' | 'content'; why: string }>(
  'SnapshotCorrupt',
  ({ where, check, why }) => `The snapshot at ${where} is not whole (${check}): ${why}. Take or choose another snapshot`,
);

/** Something wrote to etcd while its writers had to be stopped. */
export const RevisionMoved = reason<{ namespace: string; what: string }>(
  'RevisionMoved',
  ({ namespace, what }) =>
    `Somebody writes into etcd in ${namespace} although its writers are stopped: ${what}. ` +
    `Find what still writes with kubectl -n ${namespace} get pods, then try again`,
);

/** The snapshot lacks what every cluster has. */
export const SnapshotIncomplete = reason<{ namespace: string; why: string }>(
  'SnapshotIncomplete',
  ({ namespace, why }) =>
    `The snapshot of etcd in ${namespace} lacks what a cluster has: ${why}. Check that kube-apiserver keeps its objects below /registry`,
);

/** What etcd holds was encrypted with another key than the one given. */
export const EncryptionKeyMismatch = reason<{ given: string; stored: string }>(
  'EncryptionKeyMismatch',
  ({ given, stored }) =>
    `The encryption key given is ${given}, but secrets in etcd are encrypted with ${stored}. ` +
    'Put the key that was in use into the Secret that spec.secretEncryption.aescbc names',
);

/** The key's name fits, and yet a secret does not decrypt. */
export const EncryptionKeyWrong = reason<{ keyName: string; why: string }>(
  'EncryptionKeyWrong',
  ({ keyName, why }) => `A stored secret does not decrypt with ${keyName}: ${why}. Compare the key with the one of the source cluster`,
);

/** A hosted cluster names further authorities, and its control plane does not have them yet. */
export const TrustBundleMissing = reason<{ namespace: string }>(
  'TrustBundleMissing',
  ({ namespace }) =>
    `Waiting for ConfigMap ${copies.trustBundle} in ${namespace}, a copy of the one that spec.additionalTrustBundle names. ` +
    'If it does not come, see the conditions of the HostedCluster',
);

/** Somebody without credentials may read what lies in the bucket. */
export const BucketPublic = reason<{ store: string }>(
  'BucketPublic',
  ({ store }) => `Everybody may read ${store}, and a snapshot holds all secrets. Remove the public policy of the bucket, then try again`,
);

/** The object store did not take the snapshot. */
export const UploadFailed = reason<{ url: string; why: string }>(
  'UploadFailed',
  ({ url, why }) => `The snapshot could not be stored at ${url}: ${why}`,
);

/** The object store is away, or busy; what it would say of the snapshot is not known. */
export const StoreUnavailable = reason<{ why: string }>('StoreUnavailable', ({ why }) => `The object store is away or busy: ${why}`);

/** The object that is in the store is not the one that was sent. */
export const UploadDiffers = reason<{ url: string; check: 'size' | 'hash' | 'absent'; why: string }>(
  'UploadDiffers',
  ({ url, check, why }) =>
    `What lies at ${url} is not the snapshot that was sent (${check}): ${why}. Look for a proxy or another writer, then take a new backup`,
);

/** The Secret of the store's credentials is missing or cannot be read. */
export const CredentialsUnusable = reason<{ secret: string; why: string }>(
  'CredentialsUnusable',
  ({ secret, why }) => `Secret ${secret} is no use for the object store: ${why}. Its key "credentials" holds an AWS credentials file`,
);

/** The members of a restored etcd are not one cluster. */
export const EtcdSplitBrain = reason<{ namespace: string; why: string }>(
  'EtcdSplitBrain',
  ({ namespace, why }) =>
    `The restored members of etcd in ${namespace} are not one cluster: ${why}. Delete their data volumes and restore again; kube-apiserver stays down`,
);

/** The restored etcd does not hold what the snapshot held. */
export const RestoreDiffers = reason<{ namespace: string; why: string }>(
  'RestoreDiffers',
  ({ namespace, why }) =>
    `The restored etcd in ${namespace} does not hold what was saved: ${why}. Compare the URL with the record of the backup`,
);

/** Several snapshots were named, and they are not the same. */
export const RestoreSnapshotsDiffer = reason<{ hashes: string }>(
  'RestoreSnapshotsDiffer',
  ({ hashes }) => `The restore URLs hold different snapshots: ${hashes}. Name one of them only`,
);

/** A restore from `s3://` needs credentials, and none are known. */
export const SnapshotCredentialsMissing = reason<{ url: string; namespace: string; why: string }>(
  'SnapshotCredentialsMissing',
  ({ url, namespace, why }) =>
    `There are no credentials to read ${url}: ${why}. Create the Secret in ${namespace} and name it in the annotation godwit.io/restore-credentials`,
);

/** A snapshot could not be fetched. */
export const SnapshotDownloadFailed = reason<{ url: string; why: string }>(
  'SnapshotDownloadFailed',
  ({ url, why }) => `The snapshot at ${url} could not be fetched: ${why}`,
);
