import { apiVersionOf, type Backup, carriedAnnotations, DeleteBackupRequest, OADP_NAMESPACE, upgradeLabels } from '@godwit/api';
import type { Clock } from '@godwit/controller';
import { type Client, isApiError, resource } from '@godwit/kube';
import { labelledObjects } from './apply-label.ts';
import { ownBackups, ownRequests } from './own-backups.ts';

/** What deleting backups needs. */
export type DeleteParts = { cluster: Client; clock: Clock; clusterId: string; signal: AbortSignal };

/** A Backup that is still there, and why, in upstream's words. */
export type Undeleted = { backup: string; message: string };

const POLL_SECONDS = 1;
/** How long the Backups may take to vanish. */
const PATIENCE_SECONDS = 300;
/** A request may be gone from the list a moment before its Backup. */
const GRACE_POLLS = 5;

const nameIn = (object: { metadata: { name?: string } }): string => object.metadata.name ?? '';
const at = (name: string) => ({ namespace: OADP_NAMESPACE, name });

const requestFor = (backup: string, clusterId: string): DeleteBackupRequest => ({
  apiVersion: apiVersionOf(DeleteBackupRequest),
  kind: DeleteBackupRequest.kind,
  metadata: { ...at(backup), labels: { [upgradeLabels.clusterId]: clusterId } },
  spec: { backupName: backup },
});

/** Requests that are through say nothing of this attempt. */
const dropOldRequests = async ({ cluster, clusterId }: DeleteParts): Promise<void> => {
  for (const request of await ownRequests(cluster, clusterId))
    if (request.status?.phase === 'Processed') await cluster.delete(DeleteBackupRequest, at(nameIn(request)));
};

/** One that is there already is taken over (G-I23); one that is through says nothing of this attempt. */
const ask = async ({ cluster, clusterId }: DeleteParts, backup: string): Promise<void> => {
  const wanted = requestFor(backup, clusterId);
  try {
    await cluster.create(DeleteBackupRequest, wanted);
  } catch (error) {
    if (!isApiError(error, 'AlreadyExists')) throw error;
    const found = await cluster.get(DeleteBackupRequest, at(backup));
    if (found?.status?.phase === 'Processed') {
      await cluster.delete(DeleteBackupRequest, at(backup));
      await cluster.create(DeleteBackupRequest, wanted);
    } else if (found !== undefined) await cluster.patch(DeleteBackupRequest, at(backup), { metadata: { labels: wanted.metadata.labels } });
  }
};

/** Objects got a label so that their Backup would find them. */
const stripLabels = async ({ cluster }: DeleteParts, backup: Backup): Promise<void> => {
  for (const { group, version, resource: plural, namespace, name } of labelledObjects(
    backup.metadata.annotations?.[carriedAnnotations.applyLabel],
  )) {
    const apiVersion = apiVersionOf({ group, version });
    const kind = resource(apiVersion, plural, plural, namespace === undefined ? 'Cluster' : 'Namespaced');
    try {
      await cluster.patch(kind, { namespace, name }, { metadata: { labels: { [upgradeLabels.backup]: null } } });
    } catch (error) {
      if (!isApiError(error, 'NotFound')) throw error;
    }
  }
};

const whyStill = (backup: string, request: DeleteBackupRequest | undefined): string => {
  const errors = request?.status?.errors ?? [];
  return errors.length > 0
    ? `deleteBackupRequest ${request?.metadata.name} failed with errors: [${errors.join(' ')}]`
    : `all DeleteBackupRequests are processed, but backup ${backup} is not deleted`;
};

/** Waits until the Backups are gone, or will not go. */
const untilGone = async (parts: DeleteParts): Promise<Undeleted[]> => {
  const { cluster, clock, clusterId, signal } = parts;
  let settled = 0;
  for (let waited = 0; ; waited += POLL_SECONDS) {
    const left = (await ownBackups(cluster, clusterId)).map(nameIn);
    if (left.length === 0) return [];
    const requests = new Map((await ownRequests(cluster, clusterId)).map((each) => [each.spec.backupName, each]));
    const isOver = (backup: string): boolean =>
      (requests.get(backup)?.status?.phase ?? (requests.has(backup) ? 'New' : 'Processed')) === 'Processed';
    settled = left.every(isOver) ? settled + 1 : 0;
    if (settled > GRACE_POLLS || (settled > 0 && left.every((backup) => (requests.get(backup)?.status?.errors ?? []).length > 0)))
      return left.map((backup) => ({ backup, message: whyStill(backup, requests.get(backup)) }));
    if (waited >= PATIENCE_SECONDS) return left.map((backup) => ({ backup, message: `failed to delete backups: ${left.join(',')}` }));
    await clock.sleep(POLL_SECONDS, signal);
  }
};

/** Has the Backups of this cluster deleted with their data, and waits for it, five minutes at most. Resolves to those that are left. */
export const deleteBackups = async (parts: DeleteParts): Promise<Undeleted[]> => {
  const own = await ownBackups(parts.cluster, parts.clusterId);
  await dropOldRequests(parts);
  for (const backup of own) {
    await ask(parts, nameIn(backup));
    await stripLabels(parts, backup);
  }
  const left = await untilGone(parts);
  if (left.length === 0)
    for (const request of await ownRequests(parts.cluster, parts.clusterId))
      await parts.cluster.delete(DeleteBackupRequest, at(nameIn(request)));
  return left;
};
