import { setTimeout as pause } from 'node:timers/promises';
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

const AGAIN_MILLISECONDS = 500;

/** The watch of a kind, opened anew for as long as its API server is away. */
async function* watched<T>(kubectl: Kubectl, kind: string, signal: AbortSignal): AsyncIterable<T> {
  const argv = ['get', kind, '-n', NAMESPACE, '--watch', '-o', 'json', '--output-watch-events=false'];
  let said = 'it was never opened';
  while (!signal.aborted) {
    let text = '';
    try {
      for await (const line of kubectl.lines(argv, signal)) {
        text += line;
        if (line !== '}') continue; // kubectl prints each object over several lines and ends it at the left margin
        yield JSON.parse(text) as T;
        text = '';
      }
    } catch (error) {
      said = String(error);
    }
    await pause(AGAIN_MILLISECONDS, undefined, { signal }).catch(() => {});
  }
  throw new Error(`the watch of ${kind} ended before the condition held; its last words: ${said}`);
}

/** Follows the objects of a kind, also over outages of the API server, until one satisfies the condition, and returns it. */
export const waitFor = async <T>(kubectl: Kubectl, kind: string, satisfies: (object: T) => boolean, signal: AbortSignal): Promise<T> => {
  for await (const object of watched<T>(kubectl, kind, signal)) if (satisfies(object)) return object;
  throw new Error(`the watch of ${kind} ended`);
};

/** Whether a condition of this type holds. */
export const holds = ({ status }: MigMigration | DirectVolumeMigration, type: string): boolean =>
  (status?.conditions ?? []).some((each) => each.type === type && each.status === 'True');

/** Waits until an API server answers that it is ready. */
export const answering = async (kubectl: Kubectl, signal: AbortSignal): Promise<void> => {
  for (;;) {
    const refused = await kubectl.run(['get', '--raw', '/readyz']).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refused === undefined) return;
    if (signal.aborted) throw refused;
    await pause(AGAIN_MILLISECONDS);
  }
};
