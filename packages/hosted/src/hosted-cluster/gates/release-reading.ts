import { ConfigMap, type HostedCluster, Secret } from '@godwit/api';
import { type Release, ReleaseError } from '../../release/release.ts';
import type { World } from '../../world.ts';

/** The releases of a HostedCluster, or why they could not be read. */
export type ReleaseReading =
  | { release: Release /** That of the control plane alone; the same unless `spec.controlPlaneRelease` is set. */; controlPlane: Release }
  | { fault: 'SecretNotFound' | 'InvalidImage'; message: string };

const textIn = (data: Record<string, string> | undefined, key: string): string | undefined =>
  data?.[key] === undefined ? undefined : Buffer.from(data[key], 'base64').toString();

const trustOf = async ({ management }: World, { metadata: { namespace }, spec }: HostedCluster): Promise<{ trust?: string }> => {
  const name = spec.additionalTrustBundle?.name;
  const bundle = name ? await management.get(ConfigMap, { namespace, name }) : undefined;
  const trust = bundle?.data?.['ca-bundle.crt'];
  return trust === undefined ? {} : { trust };
};

/** Reads the releases from their registry with the cluster's own pull secret. Only faults of other kinds are thrown. */
export const readReleases = async (world: World, cluster: HostedCluster, signal: AbortSignal): Promise<ReleaseReading> => {
  const { metadata, spec } = cluster;
  const name = { namespace: metadata.namespace, name: spec.pullSecret.name ?? '' };
  const secret = name.name === '' ? undefined : await world.management.get(Secret, name);
  const pullSecret = textIn(secret?.data, '.dockerconfigjson');
  if (pullSecret === undefined) {
    const message = `Secret ${name.namespace}/${name.name} of spec.pullSecret has no .dockerconfigjson; create it with that key`;
    return { fault: 'SecretNotFound', message };
  }
  const access = { pullSecret, signal, ...(await trustOf(world, cluster)) };
  try {
    const release = await world.releases.read(spec.release.image, access);
    const image = spec.controlPlaneRelease?.image;
    return { release, controlPlane: image ? await world.releases.read(image, access) : release };
  } catch (error) {
    if (error instanceof ReleaseError) return { fault: 'InvalidImage', message: error.message };
    throw error;
  }
};
