import { join } from 'node:path';
import { type ImageBasedUpgradeReport, OADP_NAMESPACE, Restore, type RestoreRecord, upgradeLabels } from '@godwit/api';
import { type Client, isApiError } from '@godwit/kube';
import { readText, remove, writeText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import type { HostDriver } from '../host/driver.ts';
import { listOadp } from './own-backups.ts';

type Place = Pick<HostDriver, 'root'>;

const pathOf = ({ root }: Place): string => join(root, agentFiles.restoreRecords);

/** Whether a Restore is the result of an earlier upgrade, and nothing that is to be done. */
export const isRecord = ({ metadata }: Restore): boolean => metadata.labels?.[upgradeLabels.restoreRecord] === 'true';

/** Restores whose results were saved and may not be in the cluster yet. */
export const savedRestores = async (host: Place): Promise<Restore[]> => {
  const text = await readText(pathOf(host));
  return text === undefined ? [] : (JSON.parse(text) as Restore[]);
};

const likeness = ({ apiVersion, kind, metadata, spec, status }: Restore): Restore => ({
  apiVersion,
  kind,
  metadata: {
    namespace: OADP_NAMESPACE,
    name: metadata.name ?? '',
    labels: { ...metadata.labels, [upgradeLabels.restoreRecord]: 'true' },
    ...(metadata.annotations === undefined ? {} : { annotations: metadata.annotations }),
  },
  spec,
  ...(status === undefined ? {} : { status }),
});

/** Saves the Restores of these Backups, which vanish with them. What an earlier attempt has saved stays. */
export const saveRestores = async (host: Place, cluster: Client, backups: readonly string[]): Promise<void> => {
  const found = (await listOadp(cluster, Restore)).filter((each) => !isRecord(each) && backups.includes(each.spec.backupName ?? ''));
  if (found.length === 0) return;
  const names = found.map(({ metadata }) => metadata.name);
  const before = (await savedRestores(host)).filter(({ metadata }) => !names.includes(metadata.name));
  await writeText(pathOf(host), JSON.stringify([...before, ...found.map(likeness)]));
};

/**
 * Puts the saved Restores back, as mere results: what is in a final phase is not carried out again. One that is there still is left as it is
 * and marked.
 */
export const keepRestores = async (host: Place, cluster: Client): Promise<void> => {
  for (const restore of await savedRestores(host)) {
    const name = { namespace: OADP_NAMESPACE, name: restore.metadata.name ?? '' };
    try {
      await cluster.create(Restore, restore);
    } catch (error) {
      if (!isApiError(error, 'AlreadyExists')) throw error;
      await cluster.patch(Restore, name, { metadata: { labels: { [upgradeLabels.restoreRecord]: 'true' } } });
    }
  }
};

/** Forgets what was saved, once it is in the cluster and in the report. */
export const forgetSavedRestores = (host: Place): Promise<void> => remove(pathOf(host));

/** Removes the results of an earlier upgrade; to be called when the next one is prepared. */
export const removeRestoreRecords = async (cluster: Client): Promise<void> => {
  for (const { metadata } of await listOadp(cluster, Restore, `${upgradeLabels.restoreRecord}=true`))
    await cluster.delete(Restore, { namespace: OADP_NAMESPACE, name: metadata.name ?? '' });
};

/** The result of a Restore as the report lists it. */
export const restoreRecordOf = ({ metadata, spec, status }: Restore): RestoreRecord => ({
  name: metadata.name ?? '',
  ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
  ...(spec.backupName === undefined ? {} : { backupName: spec.backupName }),
  ...(status?.phase === undefined ? {} : { phase: status.phase }),
  ...(status?.failureReason ? { failureReason: status.failureReason } : {}),
  ...(status?.completionTimestamp ? { completed: status.completionTimestamp } : {}),
});

type Status = NonNullable<ImageBasedUpgradeReport['status']>;

/** The status of a report that lists these results with the last stage that it remembers. */
export const withRestores = (status: Status, restores: readonly RestoreRecord[]): Status => {
  const history = status.history ?? [];
  const last = history.at(-1) ?? { stage: 'Upgrade' as const };
  const known = (last.restores ?? []).filter(({ name }) => !restores.some((each) => each.name === name));
  return { ...status, history: [...history.slice(0, -1), { ...last, restores: [...known, ...restores] }] };
};
