import { advance, type Effect, wait } from '@godwit/controller';
import { holdsForeign } from '../inventory/foreign.ts';
import { holdsOthers, type Migrated, removalOrder } from '../inventory/migrated.ts';
import { everythingMigrated, restoredByRun } from '../inventory/read.ts';
import { restoreRunning } from '../inventory/restore-running.ts';
import { readPods } from '../quiesce/read.ts';
import { podNames, podsStillRunning } from '../quiesce/writers.ts';
import { NothingToDo, PodsTerminating, Removed, RemovedButKept, Removing, RestoreRunning } from '../reasons.ts';
import { type Run, runPhase, type Scope } from '../scope.ts';

const removal = ({ resource, name, uid }: Migrated): Effect => ({ do: 'delete', on: 'target', resource, name, uid });

const stillThere = async ({ target }: Scope, objects: readonly Migrated[]): Promise<Migrated[]> => {
  const found = await Promise.all(
    objects.map(async (each) => ((await target.get(each.resource, each.name))?.metadata.uid === each.uid ? each : undefined)),
  );
  return found.flatMap((each) => each ?? []);
};

/** Namespaces and CRDs that hold nothing of anybody else. */
const empty = async (scope: Scope, containers: readonly Migrated[], ours: readonly Migrated[]): Promise<Migrated[]> => {
  const found = await Promise.all(containers.map(async (each) => ((await holdsForeign(scope, each, ours)) ? undefined : each)));
  return found.flatMap((each) => each ?? []);
};

const named = (objects: readonly Migrated[]): string => objects.map(({ resource, name }) => `${resource.kind} ${name.name}`).join(', ');

const targetsOf = ({ namespaces }: Scope): string[] => namespaces.map(({ target }) => target);

type Which = (scope: Scope, run: Run) => Promise<Migrated[]>;

/** What a failed or canceled run takes back: its own restored objects. Copied claims stay, so that a new run has less to copy. */
const ownRestored: Which = restoredByRun;
/** What a rollback takes back: all that the plan's runs created, and nothing else. */
const allOfPlan: Which = (scope) => everythingMigrated(scope);

const deleteMigrated = (step: string, which: Which) =>
  runPhase({
    name: 'DeleteMigrated',
    step,
    description: 'Deleting migrated resources from target cluster',
    observe: async (scope, run) => ({
      busy: await restoreRunning(scope, run),
      objects: (await stillThere(scope, await which(scope, run))).filter((each) => !holdsOthers(each)),
    }),
    decide: ({ busy, objects }) => {
      if (busy !== undefined) return wait(RestoreRunning({ name: busy, phase: 'InProgress' }), [], '2s');
      return objects.length === 0
        ? advance(NothingToDo())
        : advance(Removing({ count: objects.length }), removalOrder(objects).map(removal));
    },
  });

const migratedDeleted = (step: string, which: Which) =>
  runPhase({
    name: 'EnsureMigratedDeleted',
    step,
    description: 'Waiting for migrated resources to be deleted from target cluster',
    observe: async (scope, run) => {
      const ours = await which(scope, run);
      const left = await stillThere(scope, ours);
      const objects = left.filter((each) => !holdsOthers(each));
      const shared = left.filter(holdsOthers);
      const containers = objects.length === 0 ? await empty(scope, shared, ours) : [];
      const kept = shared.filter((each) => !containers.includes(each));
      const pods = left.length === 0 ? [] : podsStillRunning(await readPods(scope.target, targetsOf(scope)));
      return { objects, containers, kept, pods };
    },
    decide: ({ objects, containers, kept, pods }) => {
      if (objects.length > 0) return wait(Removing({ count: objects.length }), objects.map(removal), '2s');
      if (containers.length > 0) return wait(Removing({ count: containers.length }), containers.map(removal), '2s');
      if (pods.length > 0) return wait(PodsTerminating({ pods: podNames(pods) }), [], '2s');
      return advance(kept.length === 0 ? Removed() : RemovedButKept({ kept: named(kept) }));
    },
  });

/** The pair of phases of a rollback. */
export const removeAllMigrated = [deleteMigrated('CleanupMigrated', allOfPlan), migratedDeleted('CleanupMigrated', allOfPlan)] as const;

/** The pair of phases that a failed or canceled run adds, so that the application never runs on both sides. */
export const takeBackRestored = [deleteMigrated('CleanupHelpers', ownRestored), migratedDeleted('CleanupHelpers', ownRestored)] as const;
