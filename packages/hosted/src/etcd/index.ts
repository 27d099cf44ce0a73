export { etcdBackupController } from './backup/controller.ts';

export { etcdIn } from './etcd.ts';

export { encryptionKeyName } from './key/key-name.ts';

export { RESTORE_URL_SECRET } from './names.ts';
export type { Outcome } from './outcome.ts';
export { checkRestored } from './restore/check-restored.ts';

export { ETCD_SNAPSHOT_RESTORED } from './restore/restored-condition.ts';

export { type Snapshot, takeSnapshot } from './snapshot/take-snapshot.ts';
export { writtenSince } from './snapshot/written-since.ts';
export { storeAccessOf } from './upload/store-access.ts';
export { refusePublic, uploadSnapshot } from './upload/upload-snapshot.ts';
