import { type DirectVolumeMigration, DirectVolumeMigrationProgress } from '@godwit/api';
import { statusPatch } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import { progressName } from '../names.ts';
import type { VolumeState } from '../transfer/attempts.ts';
import type { Observed } from '../transfer/follow.ts';
import { progressStatus } from './progress-status.ts';

/** Writes the status of the progress objects whose volumes have moved on; one that was deleted is left alone. */
export const recordProgress = async (
  host: Client,
  dvm: DirectVolumeMigration,
  states: readonly VolumeState[],
  observed: Observed,
  now: number,
): Promise<void> => {
  await Promise.all(
    states
      .filter(({ client }) => client !== undefined)
      .map(async (state) => {
        const name = { namespace: dvm.metadata.namespace, name: progressName(dvm, state.pair.source) };
        const object = await host.get(DirectVolumeMigrationProgress, name);
        if (object === undefined || object.status?.phase === 'Succeeded') return;
        const after = progressStatus(object.status, state, observed.get(state.client?.pod.metadata.uid ?? ''), now);
        const patch = after && statusPatch(object.status, after);
        if (patch)
          await host.patch(
            DirectVolumeMigrationProgress,
            name,
            { status: patch },
            { subresource: 'status', fieldManager: 'godwit-migration' },
          );
      }),
  );
};
