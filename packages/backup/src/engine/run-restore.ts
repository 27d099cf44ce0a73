import type { Clock } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { ObjectStore } from '@godwit/objectstore';
import type { Archive } from '../archive/archive-reader.ts';
import { restoreKeys } from '../archive/keys.ts';
import { countMessages, type RunLog, runLog } from '../archive/run-log.ts';
import { uploadJson } from '../archive/upload.ts';
import type { VolumeInfo } from '../archive/volume-info.ts';
import { labelValue, NAMES } from '../names.ts';
import { createLimiter } from '../restore/limiter.ts';
import { inventoryOf, type Outcome, restoredList } from '../restore/outcome.ts';
import { type PlanItem, planRestore } from '../restore/plan.ts';
import { restorePlan } from '../restore/restore-plan.ts';
import type { RestoreRun } from '../restore/restore-run.ts';
import { lacksData } from '../restore/volume-fates.ts';
import { selectorsOf } from '../select/label-selector.ts';
import { restoreFilter } from '../select/restore-filter.ts';
import type { Restore, RestoreStatus } from '../velero.ts';
import { readBackup } from './read-backup.ts';
import { throttled } from './throttled.ts';
import { volumeFatesOf } from './volume-fates-of.ts';

/** What a restore needs to run. */
export type RestoreWork = {
  client: Client;
  store: ObjectStore;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** Folder for the scratch file of the archive; default the system's. */
  scratch?: string;
  /** Told of items done, at most once a second. */
  onProgress?: (progress: { itemsRestored: number; totalItems: number }) => void;
};

/** The end of a restore: the status to write, and what became of every item. */
export type Restored = { status: RestoreStatus; outcomes: readonly Outcome[] };

const migrationLabels = ({ metadata: { labels = {} } }: Restore): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => key === NAMES.migratedByMigration || key === NAMES.migratedByPlan));

const factsOf = (restore: Restore, volumeFate: RestoreRun['facts']['volumeFate']): RestoreRun['facts'] => {
  const { namespaceMapping = {}, preserveNodePorts = false, backupName = '' } = restore.spec;
  const ofMigration = migrationLabels(restore);
  return {
    mapNamespace: (name) => namespaceMapping[name] ?? name,
    preserveNodePorts,
    volumeFate,
    migration: Object.keys(ofMigration).length > 0,
    labels: { [NAMES.backupName]: labelValue(backupName), [NAMES.restoreName]: labelValue(restore.metadata.name ?? '') },
    migrationLabels: ofMigration,
  };
};

const note = (log: RunLog, { resource, namespace, name, action, message, remedy, warning }: Outcome): void => {
  const about = { resource, namespace, name };
  if (action === 'failed') log.error(`${message} (${remedy})`, about);
  else if (warning) log.warning(`${message} (${remedy})`, about);
  else log.info(message === undefined ? action : `${action}: ${message}`, about);
};

const warnOfData = (log: RunLog, infos: readonly VolumeInfo[]): void => {
  for (const { pvcNamespace = '', pvcName = '', backupMethod } of infos.filter(lacksData)) {
    log.warning(`the data of the volume was kept by ${backupMethod}, which this engine does not restore; copy it with a volume migration`, {
      resource: 'persistentvolumeclaims',
      namespace: pvcNamespace,
      name: pvcName,
    });
  }
};

const uploadReports = async (store: ObjectStore, name: string, log: RunLog, outcomes: readonly Outcome[]): Promise<void> => {
  const keys = restoreKeys(name);
  const files: [string, unknown][] = [
    [keys.log, log.text()],
    [keys.results, log.results()],
    [keys.resourceList, restoredList(outcomes)],
    [keys.itemOperations, []],
    [keys.volumeInfo, []],
    [keys.outcomes, outcomes],
    [keys.inventory, inventoryOf(outcomes)],
  ];
  await Promise.all(files.map(([key, value]) => uploadJson(store, key, value)));
};

const finalStatus = (restore: Restore, log: RunLog, items: number, now: Date): RestoreStatus => {
  const { warnings, errors } = log.results();
  const [warned, failed] = [countMessages(warnings), countMessages(errors)];
  return {
    ...restore.status,
    phase: failed > 0 ? 'PartiallyFailed' : 'Completed',
    completionTimestamp: now.toISOString().replace(/\.\d+/, ''),
    progress: { totalItems: items, itemsRestored: items },
    ...(warned > 0 && { warnings: warned }),
    ...(failed > 0 && { errors: failed }),
  };
};

const openRun = async (
  restore: Restore,
  work: RestoreWork,
  archive: Archive,
  infos: readonly VolumeInfo[],
): Promise<{ run: RestoreRun; plan: PlanItem[] }> => {
  const { client, clock, signal } = work;
  const served = await client.discover({ fresh: true });
  const filter = restoreFilter(restore.spec, archive.items, served);
  const plan = await planRestore({ archive, filter, selectors: selectorsOf(restore.spec) });
  const restoreName = restore.metadata.name ?? '';
  const run: RestoreRun = {
    restore,
    archive,
    target: { client, limiter: createLimiter(clock, signal), restoreName, policy: restore.spec.existingResourcePolicy },
    facts: factsOf(restore, await volumeFatesOf(client, archive, plan, infos)),
    log: runLog(`restore=${restore.metadata.namespace}/${restoreName}`, clock.now),
    clock,
    signal,
    served,
  };
  return { run, plan };
};

const restoreArchive = async (restore: Restore, work: RestoreWork, archive: Archive, infos: readonly VolumeInfo[]): Promise<Restored> => {
  const { run, plan } = await openRun(restore, work, archive, infos);
  if (archive.items.length === 0) run.log.warning('the backup holds no resources');
  warnOfData(run.log, infos);
  let done = 0;
  const tell = throttled(() => work.onProgress?.({ itemsRestored: done, totalItems: plan.length }), work.clock);
  const outcomes = await restorePlan(run, plan, () => {
    done += 1;
    tell();
  });
  for (const outcome of outcomes) note(run.log, outcome);
  await uploadReports(work.store, restore.metadata.name ?? '', run.log, outcomes);
  return { status: finalStatus(restore, run.log, plan.length, work.clock.now()), outcomes };
};

/**
 * Restores a backup as the Restore says. Run again after an interruption it resumes: items that it created before carry its label and count as created.
 * Troubles of single items are outcomes; it throws when the backup cannot be read, differs from its manifest, or the run is canceled.
 */
export const runRestore = async (restore: Restore, work: RestoreWork): Promise<Restored> => {
  const { backupName = '' } = restore.spec;
  const stored = await readBackup(work.store, backupName);
  if (!stored) throw new Error(`backup ${backupName} is not in ${work.store.url}; look at the backups there, and correct spec.backupName`);
  const infos = (await stored.volumeInfo()) ?? [];
  const archive = await stored.open({ signal: work.signal, ...(work.scratch && { folder: work.scratch }) });
  try {
    return await restoreArchive(restore, work, archive, infos);
  } finally {
    await archive.close();
  }
};
