import { join } from 'node:path';
import { Node } from '@godwit/api';
import { readText } from '../carried/files.ts';
import { variablesOf } from '../first-boot/node-identity.ts';
import { nodePlaces } from '../first-boot/places.ts';
import { containerStorageTarget } from '../prep/container-storage.ts';
import { currentVersion } from '../prep/current-version.ts';
import { listIfServed, openShift } from '../prep/open-shift.ts';
import { readSeedTarget } from '../prep/seed-target.ts';
import type { SeedClusterInfo } from '../seed/cluster-info.ts';
import { releaseRegistry } from './release-registry.ts';
import type { GenerationWorld } from './world.ts';

const onlyNode = async ({ cluster }: GenerationWorld): Promise<Node> => {
  const [node, ...others] = (await cluster.list(Node)).items;
  if (node === undefined || others.length > 0)
    throw new Error(`A seed is made of a cluster of one node; this one has ${others.length + (node ? 1 : 0)}`);
  return node;
};

const hasMirrors = async ({ cluster }: GenerationWorld): Promise<boolean> =>
  (await listIfServed(cluster, openShift.ImageDigestMirrorSet)).length > 0 ||
  (await listIfServed(cluster, openShift.ImageContentSourcePolicy)).length > 0;

/** What is said of a cluster as its node tells it. Pure. */
const nodeInfo = (node: Node, identity: Readonly<Record<string, string>>): Partial<SeedClusterInfo> => {
  const addresses = (node.status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address);
  const podCidr = (node.spec as { podCIDR?: string } | undefined)?.podCIDR;
  return {
    base_domain: identity.BASE_DOMAIN ?? 'local',
    cluster_name: identity.CLUSTER_NAME ?? node.metadata.name ?? '',
    sno_hostname: node.metadata.name ?? '',
    ...(addresses[0] === undefined ? {} : { node_ip: addresses[0] }),
    node_ips: addresses,
    ...(podCidr === undefined ? {} : { cluster_network_cidr: podCidr }),
  };
};

/** Describes this cluster as the label of its seed and its manifest.json do. */
export const describeSeed = async (world: GenerationWorld, images: readonly string[]): Promise<SeedClusterInfo> => {
  const { cluster, host, request } = world;
  const node = await onlyNode(world);
  const storage = (await containerStorageTarget(host)) ?? '';
  const target = await readSeedTarget(cluster, storage);
  const release = (await cluster.get(openShift.ClusterVersion, { name: 'version' }))?.status?.desired?.image;
  return {
    seed_cluster_ocp_version: await currentVersion({ cluster, host, deployments: await host.listDeployments() }),
    ...nodeInfo(node, variablesOf((await readText(join(host.root, nodePlaces.identity))) ?? '')),
    release_registry: releaseRegistry(release, images, request.spec?.seedImage ?? ''),
    mirror_registry_configured: await hasMirrors(world),
    ...(request.spec?.recertImage === undefined ? {} : { recert_image_pull_spec: request.spec.recertImage }),
    has_proxy: target.hasProxy,
    has_fips: target.hasFips,
    additionalTrustBundle: { hasUserCaBundle: target.hasUserCaBundle ?? false, proxyConfigmapName: target.proxyConfigmapName },
    ...(storage === '' ? {} : { container_storage_mountpoint_target: storage }),
  };
};
