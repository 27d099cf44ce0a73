import {
  bootNode,
  buildImage,
  describeSet,
  IMAGES,
  installNode,
  type ObjectStoreState,
  type Progress,
  pushImage,
  startSet,
  step,
  untilStarted,
} from '@godwit/devcluster';
import { openNode, type TestNode } from '../node.ts';
import { until } from '../until.ts';
import { type PlatformVersion, platformImage, releaseOf } from './releases.ts';

/** What single-node clusters share: an object store and a registry, both over TLS. */
export type UpgradeSet = {
  id: string;
  objectStore: ObjectStoreState;
  /** Host and port of the registry as this host reaches it. */
  registry: string;
  authorityPath: string;
};

/** The workload's image differs from release to release. */
const pushPlatforms = async ({ registry, authorityPath }: UpgradeSet, progress: Progress): Promise<void> => {
  for (const [version, recipe] of Object.entries({ '4.20.1': IMAGES.transfer, '4.21.0': IMAGES.shop, '4.21.1': IMAGES.shop })) {
    const archive = await buildImage(recipe, progress);
    const reference = platformImage(version as PlatformVersion).replace(/^[^/]+/, registry);
    await pushImage({ archive, reference, authority: authorityPath });
  }
};

/** Starts the services of a set, or finds them running, with the images of all releases in its registry. */
export const startUpgradeSet = async (id: string, progress: Progress, bound = false): Promise<UpgradeSet> => {
  await startSet({ id, clusters: [], bound, progress });
  const { objectStore, registry, authorityPath } = describeSet(id) ?? {};
  if (objectStore === undefined || registry === undefined || authorityPath === undefined)
    throw new Error(`set ${id} has no object store or no registry; remove it: godwit-dev down --set ${id}`);
  const set = { id, objectStore, registry, authorityPath };
  await step(progress, 'push the images of the releases', () => pushPlatforms(set, progress));
  return set;
};

/** Installs a node with a release and boots it; returns once everything in it has started, and its agent has made the upgrade that one may ask for. */
export const startNode = async ({ id: set }: UpgradeSet, id: string, version: PlatformVersion, progress: Progress): Promise<TestNode> => {
  await installNode({ set, id, release: releaseOf(version), progress });
  return step(progress, `boot ${id}, a single-node cluster of release ${version}`, async () => {
    await bootNode(set, id);
    await untilStarted(set, id);
    const node = await openNode(set, id);
    await until('the agent to offer an upgrade', 120, async () => (await node.kubectl.run(['get', 'ibu', 'upgrade'])) !== '');
    return node;
  });
};
