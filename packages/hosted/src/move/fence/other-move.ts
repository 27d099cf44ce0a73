import { annotations, type HostedCluster } from '@godwit/api';
import type { Scope } from '../scope.ts';
import { claimOfOther } from './claim.ts';
import { type FenceRecord, fenceKey, infraIdIn, keptFence, youngestFence } from './fence.ts';
import { identityOf } from './identity.ts';

/** Whether somebody else's move has fenced a source off: it runs elsewhere, and must not be started there again. Pure. */
export const isTakenByOther = (fence: FenceRecord | undefined, { move, source }: { move: string; source: string }): boolean =>
  fence !== undefined && fence.move !== move && fence.forbids === source;

/** A fence of another move that forbids the source to serve, kept there or in the bucket of this move. */
const fenceOfOther = async ({ store, source, target, world, move }: Scope, infraId: string): Promise<string | undefined> => {
  const [raised, kept, forbids] = await Promise.all([
    youngestFence(store, infraId),
    keptFence(source, world.settings.namespace, infraId),
    identityOf({ source, target }, 'source'),
  ]);
  const other = [kept, raised].find((fence) => isTakenByOther(fence, { move: move.metadata.uid ?? '', source: forbids }));
  return other && `move ${other.move}, by fence ${fenceKey(other.infraID, other.epoch)}`;
};

/**
 * The other move that has the source, in words; undefined: none has, this one may work on it. Whatever bucket it writes into, it is known
 * by what it left on the source.
 */
export const otherMoveOn = async (scope: Scope, cluster: HostedCluster | undefined): Promise<string | undefined> => {
  const { fence } = scope.move.status ?? {};
  const infraId = cluster?.spec.infraID ?? infraIdIn(fence ?? '');
  const fenced = infraId === undefined ? undefined : await fenceOfOther(scope, infraId);
  if (fenced !== undefined || cluster === undefined) return fenced;
  const marked = cluster.metadata.annotations?.[annotations.fence];
  return claimOfOther(cluster, scope.move) ?? (marked === undefined || marked === fence ? undefined : `the one of fence ${marked}`);
};
