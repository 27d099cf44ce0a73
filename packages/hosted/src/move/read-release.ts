import { ConfigMap, type HostedCluster, Secret } from '@godwit/api';
import { type Release, ReleaseError } from '../release/release.ts';
import type { Scope } from './scope.ts';

/** The text of the `.dockerconfigjson` that the hosted cluster pulls its images with, as it is on the source; undefined: it has none. */
export const pullSecretOf = async ({ source, at }: Pick<Scope, 'source' | 'at'>, { spec }: HostedCluster): Promise<string | undefined> => {
  const { name } = spec.pullSecret;
  const secret = name ? await source.get(Secret, { namespace: at.source.namespace, name }) : undefined;
  const encoded = secret?.data?.['.dockerconfigjson'];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString();
};

const trustOf = async ({ source, at }: Pick<Scope, 'source' | 'at'>, { spec }: HostedCluster): Promise<string | undefined> => {
  const name = spec.additionalTrustBundle?.name;
  const bundle = name ? await source.get(ConfigMap, { namespace: at.source.namespace, name }) : undefined;
  return bundle?.data?.['ca-bundle.crt'];
};

/** The release of the hosted cluster that moves, read with the pull secret and the authorities that it has on the source; the fault as a sentence otherwise. */
export const readReleaseOf = async (
  scope: Pick<Scope, 'world' | 'source' | 'at'>,
  cluster: HostedCluster,
): Promise<Release | { fault: string }> => {
  const [pullSecret, trust] = await Promise.all([pullSecretOf(scope, cluster), trustOf(scope, cluster)]);
  const access = { ...(pullSecret === undefined ? {} : { pullSecret }), ...(trust === undefined ? {} : { trust }) };
  try {
    return await scope.world.releases.read(cluster.spec.release.image, access);
  } catch (error) {
    if (error instanceof ReleaseError) return { fault: error.message };
    throw error;
  }
};
