import type { Controller, Round } from '@godwit/controller';
import { keyOf, nameOf } from '@godwit/controller';
import { readBackup } from '../engine/read-backup.ts';
import { BackupExistsError, removeBackupFiles, runBackup } from '../engine/run-backup.ts';
import { BACKUPS, type Backup, type BackupStatus } from '../velero.ts';
import { claim } from './claim.ts';
import { openLocation } from './open-location.ts';
import { type Context, stamp } from './options.ts';
import { patiently } from './patience.ts';
import { findLocation, preparation } from './prepare-backup.ts';
import { progressWriter } from './progress-writer.ts';
import { isShutdown, isTerminal, isWorkable, reasonOf } from './run-guard.ts';
import { validateBackup } from './validate-backup.ts';

const writeStatus = (context: Context, { metadata: { namespace, name = '' } }: Backup, status: BackupStatus): Promise<Backup> =>
  context.client.patch(BACKUPS, { namespace, name }, { status }, { type: 'merge' });

/** A run that was killed between storing the backup and saying so: what is stored is ours, so its status counts. */
const storedStatus = async (context: Context, backup: Backup): Promise<BackupStatus | undefined> => {
  const { location } = await findLocation(context, backup.spec.storageLocation);
  const stored = location && (await readBackup(await openLocation(context, location), backup.metadata.name ?? ''));
  return stored?.backup.metadata.uid === backup.metadata.uid ? stored?.backup.status : undefined;
};

const carryOut = async (context: Context, backup: Backup, signal: AbortSignal): Promise<BackupStatus> => {
  const { name, location } = await findLocation(context, backup.spec.storageLocation);
  const problems = validateBackup(backup.spec, name, location);
  if (problems.length > 0 || !location) return { phase: 'FailedValidation', validationErrors: problems };
  const store = await openLocation(context, location);
  const { namespace, name: backupName = '' } = backup.metadata;
  const started = await context.client.patch(BACKUPS, { namespace, name: backupName }, await preparation(context, backup, name), {
    type: 'merge',
  });
  const progress = progressWriter<NonNullable<BackupStatus['progress']>>(
    (done) => writeStatus(context, backup, { progress: done }),
    (error) => context.log.debug({ error: reasonOf(error) }, 'Progress was not written'),
  );
  const status = await runBackup(started, {
    client: context.client,
    store,
    clock: context.clock,
    signal,
    onProgress: progress.tell,
  }).finally(progress.settled);
  if (context.runs.wasCanceled(signal)) await removeBackupFiles(store, backupName);
  return status;
};

const work = async (context: Context, backup: Backup, signal: AbortSignal): Promise<void> => {
  const { log, clock } = context;
  const name = keyOf(backup);
  try {
    const status = await patiently(() => carryOut(context, backup, signal), context, signal);
    await patiently(() => writeStatus(context, backup, status), context, signal);
    log.info({ backup: name, phase: status.phase, items: status.progress?.totalItems }, 'Backup ended');
  } catch (error) {
    if (signal.aborted) return log.info({ backup: name, shutdown: isShutdown(context, signal) }, 'Backup interrupted');
    const stored = error instanceof BackupExistsError ? await storedStatus(context, backup) : undefined;
    log.warn({ backup: name, error: reasonOf(error), adopted: stored !== undefined }, 'Backup did not end well');
    await writeStatus(
      context,
      backup,
      stored ?? { phase: 'Failed', failureReason: reasonOf(error), completionTimestamp: stamp(clock.now()) },
    );
  }
  context.completions.publish({ server: context.client.server, location: backup.spec.storageLocation || undefined });
};

const reconcile = async (context: Context, key: string, round: Round): Promise<{ after: '60s' } | undefined> => {
  const backup = await context.client.get(BACKUPS, nameOf(key));
  const runKey = `backup ${key}`;
  if (!backup || backup.metadata.deletionTimestamp) {
    await context.runs.cancel(runKey);
    return undefined;
  }
  if (isTerminal(backup.status?.phase) || !isWorkable(backup.status?.phase) || context.runs.isRunning(runKey)) return undefined;
  const ours = await claim(context, BACKUPS, backup);
  if (!ours) return { after: '60s' };
  context.runs.start(runKey, round.signal, (signal) => work(context, ours, signal));
  return undefined;
};

/** Runs the Backups of a cluster with the embedded engine. */
export const backupController = (context: Context): Controller => ({
  name: 'backup',
  sources: [{ client: context.client, resource: BACKUPS, namespace: context.namespace, keys: (object) => [keyOf(object)] }],
  reconcile: (key, round) => reconcile(context, key, round),
});
