import { apiVersionOf, Backup, DeleteBackupRequest, DirectVolumeMigration, Restore, veleroLabelValue } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { Resource } from '@godwit/kube';
import { pieceName } from '../names.ts';
import { Done, NothingToDo, Removing } from '../reasons.ts';
import { hostName, type Run, runPhase } from '../scope.ts';

const deletion = (on: string, resource: Resource, name: { namespace: string; name: string }): Effect => ({
  do: 'delete',
  on,
  resource,
  name,
});

/** Only what has ended is in the repository; work under way is ended by deleting its object. */
const isStored = ({ status }: Backup): boolean => ['Completed', 'PartiallyFailed', 'Failed'].includes(status?.phase ?? '');

/** Asks the engine to remove a backup with its files: of a stored backup whose object alone is deleted a new object is made at the next sync. */
const removalRequest = (name: { namespace: string; name: string }): Effect => {
  const object: DeleteBackupRequest = {
    apiVersion: apiVersionOf(DeleteBackupRequest),
    kind: DeleteBackupRequest.kind,
    metadata: { ...name, labels: { 'velero.io/backup-name': veleroLabelValue(name.name) } },
    spec: { backupName: name.name },
  };
  return { do: 'create', on: 'source', resource: DeleteBackupRequest, object };
};

/** Removes the run's Backup from the source, and from the repository what it has stored there. */
export const deleteBackups = (step: string) =>
  runPhase({
    name: 'DeleteBackups',
    step,
    description: 'Deleting Backups',
    observe: async ({ world, source }, run) => {
      const name = { namespace: world.settings.namespace, name: pieceName(run, 'initial') };
      return { name, backup: await source.get(Backup, name) };
    },
    decide: ({ name, backup }) =>
      backup === undefined
        ? advance(NothingToDo())
        : advance(Done({ what: `Backup ${name.name} removed with its files` }), [
            isStored(backup) ? removalRequest(name) : deletion('source', Backup as Resource, name),
          ]),
  });

/** Removes the run's Restore from the target; the inventory of what it created stays in the repository until that is removed too. */
export const deleteRestores = (step: string) =>
  runPhase({
    name: 'DeleteRestores',
    step,
    description: 'Deleting Restores',
    observe: async ({ world }, run) => ({ namespace: world.settings.namespace, name: pieceName(run, 'final') }),
    decide: (name) =>
      advance(Done({ what: `Restore ${name.name} removed, if it was there` }), [deletion('target', Restore as Resource, name)]),
  });

const passesOf = (run: Run) => (['precopy', 'copy'] as const).map((piece) => hostName(run, pieceName(run, piece)));

/** Ends the run's volume copies and waits until their pods, services and secrets are gone from both clusters. */
export const deleteVolumeMigrations = (step: string) =>
  runPhase({
    name: 'DeleteDirectVolumeMigrationResources',
    step,
    description: 'Deleting Direct Volume Migration resources',
    observe: async ({ world: { connections } }, run) => {
      const found = await Promise.all(
        passesOf(run).map(async (name) => ((await connections.host.get(DirectVolumeMigration, name)) === undefined ? undefined : name)),
      );
      return found.flatMap((name) => name ?? []);
    },
    decide: (passes) =>
      passes.length === 0
        ? advance(NothingToDo())
        : wait(
            Removing({ count: passes.length }),
            passes.map((name) => deletion('host', DirectVolumeMigration as Resource, name)),
            '5s',
          ),
  });
