import { BackupStorageLocation, correlationLabels, type MigPlan, Secret, VolumeSnapshotLocation } from '@godwit/api';
import { type Client, isApiError, type Resource } from '@godwit/kube';
import { advisory } from '../shared/claim.ts';
import type { World } from '../world.ts';
import { readReferences } from './gather/references.ts';

/** What a closed plan says. */
export const closed = advisory('Closed', 'Closed', 'The migration plan is closed.');

const removable = [BackupStorageLocation, VolumeSnapshotLocation, Secret] as unknown as readonly Resource[];

const removeFrom = async (client: Client, plan: MigPlan, namespace: string): Promise<void> => {
  const labelSelector = Object.entries(correlationLabels('MigPlan', plan.metadata.uid ?? ''))
    .map(([key, value]) => `${key}=${value}`)
    .join();
  for (const resource of removable) {
    try {
      const { items } = await client.list(resource, { namespace, labelSelector });
      await Promise.all(
        items.map(({ metadata }) => client.delete(resource, { namespace, name: metadata.name ?? '' }, { uid: metadata.uid })),
      );
    } catch (fault) {
      if (!isApiError(fault, 'NotFound')) throw fault; // where the kind is not served nothing can be left of it
    }
  }
};

/** Deletes what a plan has put on those of its clusters that are ready: storage locations and credentials, by label, in one namespace. */
export const removeTraces = async (world: World, plan: MigPlan): Promise<void> => {
  const { source, destination } = await readReferences(world, plan);
  for (const side of [source, destination]) {
    if (side.state === 'found' && side.ready)
      await removeFrom(await world.connections.of(side.object.metadata), plan, world.settings.namespace);
  }
};
