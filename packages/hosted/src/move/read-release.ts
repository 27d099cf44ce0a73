import { ConfigMap, type HostedCluster } from '@godwit/api';
import { type Release, ReleaseError } from '../release/release.ts';
import type { Scope } from './scope.ts';

/** The release of the hosted cluster that moves, read with the authorities that it trusts on the source; the fault as a sentence otherwise. */
export const readReleaseOf = async ({ world, source, at }: Scope, { spec }: HostedCluster): Promise<Release | { fault: string }> => {
  const name = spec.additionalTrustBundle?.name;
  const bundle = name === undefined ? undefined : await source.get(ConfigMap, { namespace: at.source.namespace, name });
  const trust = bundle?.data?.['ca-bundle.crt'];
  try {
    return await world.releases.read(spec.release.image, trust === undefined ? {} : { trust });
  } catch (error) {
    if (error instanceof ReleaseError) return { fault: error.message };
    throw error;
  }
};
