import { NodePool } from '@godwit/api';
import { statusPatch, timeOf } from '@godwit/controller';
import type { World } from '../world.ts';
import type { PoolClaim } from './judge/claim.ts';
import { withClaims } from './judge/conditions.ts';

/** Writes what was found into a pool's status, unless it says so already. */
export const writePoolStatus = async (
  { management, clock }: World,
  pool: NodePool,
  claims: readonly PoolClaim[],
  gone: readonly string[] = [],
  status: Partial<NonNullable<NodePool['status']>> = {},
): Promise<void> => {
  const conditions = withClaims(pool.status?.conditions, claims, gone, timeOf(clock.now()), pool.metadata.generation);
  const patch = statusPatch(pool.status ?? {}, { ...pool.status, ...status, conditions });
  if (patch === undefined) return;
  const { namespace, name = '' } = pool.metadata;
  await management.patch(NodePool, { namespace, name }, { status: patch }, { subresource: 'status' });
};
