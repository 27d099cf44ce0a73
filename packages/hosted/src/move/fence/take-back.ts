import type { Scope } from '../scope.ts';
import { fenceKey, infraIdIn, keepFence, keptFence, liftFence, youngestFence } from './fence.ts';
import { identityOf } from './identity.ts';

/**
 * Takes back the fence that this move has raised under a name, as far as it came, and nobody else's; one that had stood before stands
 * again. May be called twice.
 */
export const takeBackFence = async (scope: Scope, fence: string): Promise<void> => {
  const { store, source, target, world, move } = scope;
  const { namespace } = world.settings;
  const infraId = infraIdIn(fence);
  if (infraId === undefined) return;
  const ours = await youngestFence(store, infraId);
  if (ours !== undefined && ours.move === move.metadata.uid) await store.delete([fenceKey(infraId, ours.epoch)]);
  if ((await keptFence(source, namespace, infraId))?.move === move.metadata.uid) await liftFence(source, namespace, infraId);
  const before = await youngestFence(store, infraId);
  if (before !== undefined && before.forbids === (await identityOf(scope, 'target'))) await keepFence(target, namespace, before);
};
