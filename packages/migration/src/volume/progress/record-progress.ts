import { type DirectVolumeMigration, DirectVolumeMigrationProgress, fieldManagers } from '@godwit/api';
import { statusPatch } from '@godwit/controller';
import { type Client, isApiError, type ObjectName } from '@godwit/kube';
import { progressName } from '../names.ts';
import type { Notes } from '../scope.ts';
import type { VolumeState } from '../transfer/attempts.ts';
import { progressStatus } from './progress-status.ts';

type Known = Notes['progress'];

/** Nobody else writes these objects: one that was read or written once is known. */
const readOnce = async (host: Client, known: Known, name: ObjectName): Promise<DirectVolumeMigrationProgress | undefined> => {
  if (!known.has(name.name)) known.set(name.name, await host.get(DirectVolumeMigrationProgress, name));
  return known.get(name.name);
};

const write = async (host: Client, known: Known, name: ObjectName, patch: object): Promise<void> => {
  try {
    const options = { subresource: 'status', fieldManager: fieldManagers.migration };
    known.set(name.name, await host.patch(DirectVolumeMigrationProgress, name, { status: patch }, options));
  } catch (error) {
    if (!isApiError(error, 'NotFound')) throw error;
    known.set(name.name, undefined);
  }
};

/** Writes the status of the progress objects whose volumes have moved on; one that was deleted is left alone. */
export const recordProgress = async (
  host: Client,
  dvm: DirectVolumeMigration,
  states: readonly VolumeState[],
  { observed, progress: known }: Pick<Notes, 'observed' | 'progress'>,
  now: number,
): Promise<void> => {
  await Promise.all(
    states
      .filter(({ client }) => client !== undefined)
      .map(async (state) => {
        const name = { namespace: dvm.metadata.namespace, name: progressName(dvm, state.pair.source) };
        const object = await readOnce(host, known, name);
        if (object === undefined || object.status?.phase === 'Succeeded') return;
        const after = progressStatus(object.status, state, observed.get(state.client?.pod.metadata.uid ?? ''), now);
        const patch = after && statusPatch(object.status, after);
        if (patch) await write(host, known, name, patch);
      }),
  );
};
