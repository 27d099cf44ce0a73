import type { Scope } from '../scope.ts';
import { type FenceRecord, fenceKey, keepFence, liftFence, youngestFence } from './fence.ts';
import { identityOf } from './identity.ts';

/** Whether somebody else's move has fenced a source off: it runs elsewhere, and must not be started there again. Pure. */
export const isTakenByOther = (youngest: FenceRecord | undefined, { move, source }: { move: string; source: string }): boolean =>
  youngest !== undefined && youngest.move !== move && youngest.forbids === source;

/** The fence of another move that forbids the source to serve; undefined: there is none, the source may be brought back. */
export const fenceOfOther = async (scope: Scope, infraId: string): Promise<string | undefined> => {
  const [youngest, source] = await Promise.all([youngestFence(scope.store, infraId), identityOf(scope, 'source')]);
  const isTaken = isTakenByOther(youngest, { move: scope.move.metadata.uid ?? '', source });
  return youngest !== undefined && isTaken ? fenceKey(infraId, youngest.epoch) : undefined;
};

/** Takes back the fence that this move has raised, as far as it came; one that had stood before stands again. May be called twice. */
export const takeBackFence = async (scope: Scope, infraId: string): Promise<void> => {
  const { store, source, target, world, move } = scope;
  const { namespace } = world.settings;
  const ours = await youngestFence(store, infraId);
  if (ours !== undefined && ours.move === move.metadata.uid) await store.delete([fenceKey(infraId, ours.epoch)]);
  await liftFence(source, namespace, infraId);
  const before = await youngestFence(store, infraId);
  if (before !== undefined && before.forbids === (await identityOf(scope, 'target'))) await keepFence(target, namespace, before);
};
