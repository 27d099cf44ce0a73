import { annotations } from '@godwit/api';
import type { Controller, Round } from '@godwit/controller';
import { keyOf, nameOf } from '@godwit/controller';
import { restoreKeys } from '../archive/keys.ts';
import { runRestore } from '../engine/run-restore.ts';
import { NAMES } from '../names.ts';
import { verificationOf } from '../restore/outcome.ts';
import { BACKUPS, type Backup, LOCATIONS, RESTORES, type Restore, type RestoreStatus } from '../velero.ts';
import { claim } from './claim.ts';
import { newestOfSchedule } from './newest-of-schedule.ts';
import { openLocation } from './open-location.ts';
import { type Context, stamp } from './options.ts';
import { patiently } from './patience.ts';
import { progressWriter } from './progress-writer.ts';
import { isShutdown, isTerminal, isWorkable, reasonOf } from './run-guard.ts';
import { validateRestore } from './validate-restore.ts';

const write = (context: Context, { metadata: { namespace, name = '' } }: Restore, patch: object): Promise<Restore> =>
  context.client.patch(RESTORES, { namespace, name }, patch, { type: 'merge' });

const writeStatus = (context: Context, restore: Restore, status: RestoreStatus): Promise<Restore> => write(context, restore, { status });

type Source = { backupName: string; backup: Backup } | { problem: string };

const findSource = async ({ client, namespace }: Context, { spec }: Restore): Promise<Source> => {
  if (spec.scheduleName) {
    const { items } = await client.list(BACKUPS, { namespace, labelSelector: `${NAMES.scheduleName}=${spec.scheduleName}` });
    const backup = newestOfSchedule(items);
    return backup
      ? { backupName: backup.metadata.name ?? '', backup }
      : { problem: `No completed backups found for schedule ${spec.scheduleName}` };
  }
  const backupName = spec.backupName ?? '';
  const backup = await client.get(BACKUPS, { namespace, name: backupName });
  return backup
    ? { backupName, backup }
    : {
        problem: `Error retrieving backup: backup ${backupName} not found in namespace ${namespace}; wait until it is synced, or correct spec.backupName`,
      };
};

const openSource = async (context: Context, backup: Backup) => {
  const name = backup.spec.storageLocation ?? '';
  const location = await context.client.get(LOCATIONS, { namespace: context.namespace, name });
  return location === undefined ? undefined : openLocation(context, location);
};

/** The end of a restore as it is written: the status, and what comparing found. */
type Ending = { status: RestoreStatus; metadata?: { annotations: Record<string, string> } };

const invalid = (...validationErrors: string[]): Ending => ({ status: { phase: 'FailedValidation', validationErrors } });

const carryOut = async (context: Context, restore: Restore, signal: AbortSignal): Promise<Ending> => {
  const problems = validateRestore(restore.spec);
  if (problems.length > 0) return invalid(...problems);
  const source = await findSource(context, restore);
  if ('problem' in source) return invalid(source.problem);
  const store = await openSource(context, source.backup);
  if (!store) return invalid(`backup storage location ${source.backup.spec.storageLocation} of backup ${source.backupName} not found`);
  const startTimestamp = restore.status?.startTimestamp ?? stamp(context.clock.now());
  const started = await writeStatus(context, restore, { phase: 'InProgress', startTimestamp });
  const progress = progressWriter<NonNullable<RestoreStatus['progress']>>(
    (done) => writeStatus(context, restore, { progress: done }),
    (error) => context.log.debug({ error: reasonOf(error) }, 'Progress was not written'),
  );
  const named = { ...started, spec: { ...started.spec, backupName: source.backupName } };
  const { status, outcomes } = await runRestore(named, {
    client: context.client,
    store,
    clock: context.clock,
    signal,
    onProgress: progress.tell,
  }).finally(progress.settled);
  return { status, metadata: { annotations: { [annotations.verification]: JSON.stringify(verificationOf(outcomes)) } } };
};

const work = async (context: Context, restore: Restore, signal: AbortSignal): Promise<void> => {
  const name = keyOf(restore);
  try {
    const ending = await patiently(() => carryOut(context, restore, signal), context, signal);
    const { status } = await patiently(() => write(context, restore, ending), context, signal);
    context.log.info({ restore: name, phase: status?.phase, items: status?.progress?.totalItems }, 'Restore ended');
  } catch (error) {
    if (signal.aborted) return context.log.info({ restore: name, shutdown: isShutdown(context, signal) }, 'Restore interrupted');
    context.log.warn({ restore: name, error: reasonOf(error) }, 'Restore failed');
    await writeStatus(context, restore, {
      phase: 'Failed',
      failureReason: reasonOf(error),
      completionTimestamp: stamp(context.clock.now()),
    });
  }
};

/** Removes the files of a restore that is being deleted, then lets it go; files in a store that is gone cannot be removed. */
const cleanUp = async (context: Context, restore: Restore): Promise<void> => {
  const { namespace, name = '', finalizers = [], resourceVersion } = restore.metadata;
  if (!finalizers.includes(NAMES.restoreFinalizer) || restore.metadata.annotations?.[NAMES.engine] === undefined) return;
  const source = await findSource(context, restore);
  const store = 'backup' in source ? await openSource(context, source.backup).catch(() => undefined) : undefined;
  const keys: string[] = [];
  if (store) for await (const { key } of store.list(restoreKeys(name).folder)) keys.push(key);
  await store?.delete(keys);
  const left = finalizers.filter((each) => each !== NAMES.restoreFinalizer);
  await context.client.patch(RESTORES, { namespace, name }, { metadata: { resourceVersion, finalizers: left } }, { type: 'merge' });
};

const reconcile = async (context: Context, key: string, round: Round): Promise<{ after: '60s' } | undefined> => {
  const restore = await context.client.get(RESTORES, nameOf(key));
  const runKey = `restore ${key}`;
  if (!restore || restore.metadata.deletionTimestamp) {
    await context.runs.cancel(runKey);
    if (restore) await cleanUp(context, restore);
    return undefined;
  }
  if (isTerminal(restore.status?.phase) || !isWorkable(restore.status?.phase) || context.runs.isRunning(runKey)) return undefined;
  const ours = await claim(context, RESTORES, restore, [NAMES.restoreFinalizer]);
  if (!ours) return { after: '60s' };
  context.runs.start(runKey, round.signal, (signal) => work(context, ours, signal));
  return undefined;
};

/** Runs the Restores of a cluster with the embedded engine; one that was interrupted goes on where it stood. */
export const restoreController = (context: Context): Controller => ({
  name: 'restore',
  sources: [{ client: context.client, resource: RESTORES, namespace: context.namespace, keys: (object) => [keyOf(object)] }],
  reconcile: (key, round) => reconcile(context, key, round),
});
