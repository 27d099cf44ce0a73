import type { DirectVolumeMigration, MigMigration } from '@godwit/api';
import type { Kubectl } from '@godwit/example-shop';

const NAMESPACE = 'openshift-migration';

const items = async <T>(kubectl: Kubectl, kind: string): Promise<T[]> =>
  (JSON.parse(await kubectl.run(['get', kind, '-n', NAMESPACE, '-o', 'json'])) as { items: T[] }).items;

/** Every run on the cluster, oldest first. */
export const runs = async (kubectl: Kubectl): Promise<MigMigration[]> =>
  (await items<MigMigration>(kubectl, 'migmigrations')).sort((a, b) =>
    (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? ''),
  );

/** Follows the objects of a kind until one satisfies the condition, and returns it. */
export const waitFor = async <T>(kubectl: Kubectl, kind: string, satisfies: (object: T) => boolean, signal: AbortSignal): Promise<T> => {
  const argv = ['get', kind, '-n', NAMESPACE, '--watch', '-o', 'json', '--output-watch-events=false'];
  let text = '';
  for await (const line of kubectl.lines(argv, signal)) {
    text += line;
    if (line !== '}') continue; // kubectl prints each object over several lines and ends it at the left margin
    const object = JSON.parse(text) as T;
    text = '';
    if (satisfies(object)) return object;
  }
  throw new Error(`the watch of ${kind} ended before the condition held`);
};

/** Whether a condition of this type holds. */
export const holds = ({ status }: MigMigration | DirectVolumeMigration, type: string): boolean =>
  (status?.conditions ?? []).some((each) => each.type === type && each.status === 'True');
