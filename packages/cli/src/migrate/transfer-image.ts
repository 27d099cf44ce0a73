import { ConfigMap } from '@godwit/api';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import type { Side } from './sides.ts';

const KEY = 'RSYNC_TRANSFER_IMAGE';
const CONFIG = 'migration-cluster-config';

const isConfigured = async ({ client }: Side, namespace: string): Promise<boolean> =>
  Boolean((await client.get(ConfigMap, { namespace, name: CONFIG }))?.data?.[KEY]);

/** Refuses to begin a copy of volumes that would wait for an image for ever. */
export const checkTransferImage = async (sides: readonly Side[], namespace: string): Promise<void> => {
  const configured = await Promise.all(sides.map((side) => isConfigured(side, namespace)));
  const without = sides.filter((_, at) => !configured[at]).map(({ context }) => context);
  if (without.length === 0) return;
  throw new Failure('no image for copying volumes is known', {
    reason: 'TransferImageMissing',
    why: `neither --transfer-image nor $${KEY} is given, and ConfigMap ${namespace}/${CONFIG} names none on ${without.join(', ')}`,
    next: 'npx godwit-dev image transfer --push REGISTRY/godwit/transfer:0.1.0, then the command with --transfer-image REGISTRY/godwit/transfer:0.1.0',
    exitCode: exitCodes.refused,
  });
};
