import { join } from 'node:path';
import { type ImageBasedUpgrade, LCA_NAMESPACE, Secret } from '@godwit/api';
import { remove, writeText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import type { RegistryAccess } from '../seed/access.ts';
import type { UpgradeWorld } from '../world.ts';

/** The cluster whose secret is read, and the root below which its credentials lie meanwhile. */
type AccessWorld = Pick<UpgradeWorld, 'cluster'> & { host: Pick<UpgradeWorld['host'], 'root'> };

const KEY = '.dockerconfigjson';

/** The secret that is named for the seed's registry is not there, or holds nothing. */
export class PullSecretMissing extends Error {
  override readonly name = 'PullSecretMissing';
}

const readSecret = async ({ cluster }: Pick<UpgradeWorld, 'cluster'>, name: string): Promise<string> => {
  const found = await cluster.get(Secret, { namespace: LCA_NAMESPACE, name });
  const where = `pull-secret from secret ${LCA_NAMESPACE}/${name}`;
  if (found === undefined) throw new PullSecretMissing(`failed to retrieve ${where}, err: secrets "${name}" not found`);
  const value = found.data?.[KEY];
  if (!value) throw new PullSecretMissing(`failed to retrieve ${where}, err: it has no key ${KEY}`);
  return Buffer.from(value, 'base64').toString();
};

/** Gives the work access to the registry of the seed. Credentials that the spec names lie in a file of root's for as long as it lasts. */
export const withSeedAccess = async <T>(
  world: AccessWorld,
  { spec }: ImageBasedUpgrade,
  access: RegistryAccess,
  work: (access: RegistryAccess) => Promise<T>,
): Promise<T> => {
  const name = spec?.seedImageRef?.pullSecretRef?.name;
  if (!name) return work(access);
  const authFile = join(world.host.root, agentFiles.workspace, 'seed-pull-secret');
  await writeText(authFile, await readSecret(world, name));
  try {
    return await work({ ...access, authFile });
  } finally {
    await remove(authFile);
  }
};
