import { Backup } from '@godwit/api';
import { advance, fail, wait } from '@godwit/controller';
import { pieceName } from '../names.ts';
import {
  BackupDone,
  BackupFailed,
  BackupNotVisible,
  BackupRunning,
  BackupStarted,
  BackupVisible,
  BackupWarned,
  StorageUnavailable,
} from '../reasons.ts';
import { type Run, runPhase, type Scope } from '../scope.ts';
import { initialBackup } from '../velero/backup.ts';
import { outcomeOf, whyFailed } from '../velero/outcome.ts';
import { veleroProgress } from '../velero/progress.ts';
import { locationOf } from './wait-for-storage.ts';

const nameOf = ({ world }: Scope, run: Run) => ({ namespace: world.settings.namespace, name: pieceName(run, 'initial') });

/** Asks the source's engine for a backup of the objects, taken while the applications still run with their own replica counts. */
export const ensureInitialBackup = runPhase({
  name: 'EnsureInitialBackup',
  step: 'Backup',
  description: 'Creating initial Velero backup',
  observe: async (scope, run) => {
    const location = (await locationOf(scope, scope.source))?.metadata.name;
    return {
      object: location === undefined ? undefined : initialBackup(run, scope.plan, scope.namespaces, scope.world.settings, location),
    };
  },
  decide: ({ object }) =>
    object === undefined
      ? wait(StorageUnavailable({ locations: 'on the source cluster' }))
      : advance(BackupStarted({ name: object.metadata.name ?? '' }), [{ do: 'create', on: 'source', resource: Backup, object }]),
});

/** Waits for the backup of the objects. */
export const initialBackupCreated = runPhase({
  name: 'InitialBackupCreated',
  step: 'Backup',
  description: 'Waiting for initial Velero backup to complete',
  deadlineSeconds: 4 * 3600,
  observe: async (scope, run) => {
    const name = nameOf(scope, run);
    const backup = (await scope.world.cache(scope.source, Backup, { namespace: name.namespace })).get(name);
    const progress = backup === undefined ? {} : veleroProgress(backup, backup.status?.progress?.itemsBackedUp, scope.world.clock.now());
    return { name: name.name, phase: backup?.status?.phase as string | undefined, why: whyFailed(backup?.status), progress };
  },
  decide: ({ name, phase, why, progress }) => {
    switch (outcomeOf(phase)) {
      case 'running':
        return wait({ ...BackupRunning({ name, phase: phase ?? 'New' }), progress });
      case 'failed':
        return fail(BackupFailed({ name, why }));
      case 'warned':
        return advance({ ...BackupWarned({ name }), progress });
      case 'done':
        return advance({ ...BackupDone({ name }), progress });
    }
  },
});

/** Waits until the target's engine sees the backup in the repository. */
export const initialBackupReplicated = runPhase({
  name: 'EnsureInitialBackupReplicated',
  step: 'Restore',
  description: 'Waiting for initial Velero backup replication to target cluster',
  observe: async (scope, run) => {
    const name = nameOf(scope, run);
    return {
      name: name.name,
      visible: (await scope.world.cache(scope.target, Backup, { namespace: name.namespace })).get(name) !== undefined,
    };
  },
  decide: ({ name, visible }) => (visible ? advance(BackupVisible({ name })) : wait(BackupNotVisible({ name }))),
});
