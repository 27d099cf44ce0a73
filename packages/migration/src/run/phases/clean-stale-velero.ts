import { Backup, MigMigration, Restore } from '@godwit/api';
import { advance, type Effect } from '@godwit/controller';
import type { KubeObject, Resource } from '@godwit/kube';
import { NothingToDo, StaleRemoved } from '../reasons.ts';
import { type Run, runPhase } from '../scope.ts';

type Work = KubeObject & { status?: { phase?: string | undefined } };

const unfinished = ({ status }: Work): boolean => ['', 'New', 'InProgress'].includes(status?.phase ?? '');

const orphaned = (works: readonly Work[], runs: readonly Run[], current: Run): Work[] => {
  const running = new Set(runs.filter(({ status }) => status?.phase !== 'Completed').map(({ metadata }) => metadata.uid));
  return works.filter((work) => {
    const owner = work.metadata.labels?.migmigration;
    return unfinished(work) && owner !== undefined && owner !== current.metadata.uid && !running.has(owner);
  });
};

const removal =
  (on: string, resource: Resource) =>
  ({ metadata }: Work): Effect => ({
    do: 'delete',
    on,
    resource,
    name: { namespace: metadata.namespace, name: metadata.name ?? '' },
    ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
  });

/** Removes unfinished backups and restores that ended runs left behind, so that they do not hold up this one. */
export const cleanStaleVelero = runPhase({
  name: 'CleanStaleVeleroCRs',
  step: 'Prepare',
  description: 'Cleaning up stale Velero CRs',
  observe: async ({ world, source, target }, run) => {
    const { namespace } = world.settings;
    const runs = (await world.cache(world.connections.host, MigMigration, { namespace })).list();
    const backups = (await world.cache(source, Backup, { namespace })).list();
    const restores = (await world.cache(target, Restore, { namespace })).list();
    return { backups: orphaned(backups, runs, run), restores: orphaned(restores, runs, run) };
  },
  decide: ({ backups, restores }) => {
    const effects = [...backups.map(removal('source', Backup)), ...restores.map(removal('target', Restore))];
    return effects.length === 0 ? advance(NothingToDo()) : advance(StaleRemoved({ count: effects.length }), effects);
  },
});
