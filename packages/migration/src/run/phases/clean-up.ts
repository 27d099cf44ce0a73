import { Backup, DirectVolumeMigration, Restore } from '@godwit/api';
import { advance, type Effect, wait } from '@godwit/controller';
import type { Resource } from '@godwit/kube';
import { type Piece, pieceName } from '../names.ts';
import { Done, NothingToDo, Removing } from '../reasons.ts';
import { hostName, type Run, runPhase } from '../scope.ts';

const deletion = (on: string, resource: Resource, name: { namespace: string; name: string }): Effect => ({
  do: 'delete',
  on,
  resource,
  name,
});

const velero = (name: string, step: string, description: string, on: string, resource: Resource, piece: Piece) =>
  runPhase({
    name,
    step,
    description,
    observe: async ({ world }, run) => ({ namespace: world.settings.namespace, name: pieceName(run, piece) }),
    decide: (object) =>
      advance(Done({ what: `${resource.kind} ${object.name} removed, if it was there` }), [deletion(on, resource, object)]),
  });

/** Removes the run's Backup from the source. */
export const deleteBackups = (step: string) => velero('DeleteBackups', step, 'Deleting Backups', 'source', Backup as Resource, 'initial');

/** Removes the run's Restore from the target; the inventory of what it created stays in the repository until that is removed too. */
export const deleteRestores = (step: string) => velero('DeleteRestores', step, 'Deleting Restores', 'target', Restore as Resource, 'final');

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
