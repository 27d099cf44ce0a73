import { fieldManagers, Secret } from '@godwit/api';
import { type Delay, delayOf, timeOf } from '@godwit/controller';
import { apiVersionOf, type OwnerReference } from '@godwit/kube';
import { StoreError } from '@godwit/objectstore';
import { RESTORE_URL_SECRET } from '../names.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { SnapshotDownloadFailed } from '../reasons.ts';
import { type CredentialsHint, type RestoreWorld, recordOf, restoreAccess } from './restore-access.ts';
import { parseS3Url, type S3Object } from './s3-url.ts';

/** A signed URL counts for an hour, and is renewed when half of that is over. */
const SIGNED_SECONDS = 3600;

/** A restore that is pending. */
export type PendingRestore = CredentialsHint & {
  /** Namespace of the control plane. */
  namespace: string;
  /** The Secret goes with this object. */
  owner: OwnerReference;
  /** SHA-256 of the snapshot; undefined: that of its record, if there is one. */
  sha256?: string | undefined;
};

/** Until when the signed URL counts, and when to call again. */
export type SignedRestore = { expires: string; after: Delay };

const text = (secret: Secret | undefined, key: string): string => Buffer.from(secret?.data?.[key] ?? '', 'base64').toString('utf8');

/** Seconds for which a Secret may stay as it is; 0: sign again. */
export const secondsToKeep = (secret: Secret | undefined, { url, sha256 }: Pick<PendingRestore, 'url' | 'sha256'>, now: Date): number => {
  if (text(secret, 'object') !== url || (sha256 !== undefined && text(secret, 'sha256') !== sha256)) return 0;
  const left = (Date.parse(text(secret, 'expires')) - now.getTime()) / 1000 - SIGNED_SECONDS / 2;
  return Number.isFinite(left) ? Math.max(0, Math.ceil(left)) : 0;
};

const signed = async (world: RestoreWorld, object: S3Object, restore: PendingRestore): Promise<Outcome<string>> => {
  const access = await restoreAccess(world, object, restore);
  if (!access.ok) return access;
  const store = world.openStore(access.value);
  try {
    if ((await store.stat(object.key)) === undefined)
      return refused(
        SnapshotDownloadFailed({ url: restore.url, why: 'there is no such object. Correct spec.etcd.managed.storage.restoreSnapshotURL' }),
      );
    return done((await store.presign(object.key, SIGNED_SECONDS)) ?? '');
  } catch (error) {
    if (error instanceof StoreError) return refused(SnapshotDownloadFailed({ url: restore.url, why: error.message }));
    throw error;
  }
};

const secretOf = ({ namespace, owner, url, sha256 }: PendingRestore, signedUrl: string, expires: string) => ({
  apiVersion: apiVersionOf(Secret),
  kind: Secret.kind,
  metadata: { namespace, name: RESTORE_URL_SECRET, ownerReferences: [owner] },
  type: 'Opaque',
  data: Object.fromEntries(
    Object.entries({ object: url, url: signedUrl, expires, sha256: sha256 ?? '' }).map(([key, value]) => [
      key,
      Buffer.from(value).toString('base64'),
    ]),
  ),
});

/**
 * Keeps the Secret `etcd-restore-url` with a presigned GET of an `s3://` snapshot while its restore is pending. Call it on every
 * pass until EtcdSnapshotRestored is True; then `removeRestoreUrl`.
 */
export const ensureRestoreUrl = async (world: RestoreWorld, restore: PendingRestore): Promise<Outcome<SignedRestore>> => {
  const object = parseS3Url(restore.url);
  if (object === undefined) return refused(SnapshotDownloadFailed({ url: restore.url, why: 'it is not s3://bucket/key. Correct it' }));
  const wanted = { ...restore, sha256: restore.sha256 ?? (await recordOf(world, object))?.sha256 };
  const now = world.clock.now();
  const present = await world.management.get(Secret, { namespace: restore.namespace, name: RESTORE_URL_SECRET });
  const keep = secondsToKeep(present, wanted, now);
  if (keep > 0) return done({ expires: text(present, 'expires'), after: delayOf(keep) });
  const url = await signed(world, object, wanted);
  if (!url.ok) return url;
  const expires = timeOf(new Date(now.getTime() + SIGNED_SECONDS * 1000));
  await world.management.apply(Secret, secretOf(wanted, url.value, expires), { fieldManager: fieldManagers.hosted, force: true });
  return done({ expires, after: delayOf(SIGNED_SECONDS / 2) });
};

/** Removes the signed URL, when the restore is over. */
export const removeRestoreUrl = ({ management }: Pick<RestoreWorld, 'management'>, namespace: string): Promise<void> =>
  management.delete(Secret, { namespace, name: RESTORE_URL_SECRET });
