import { Node } from '@godwit/api';
import type { Client } from '@godwit/kube';
import { gigabytes } from '../host/gigabytes.ts';
import { HostError } from '../host/host-error.ts';
import { errorsOf, prepCodes } from '../prep/prep-findings.ts';
import { PullSecretMissing, withSeedAccess } from '../prep/seed-access.ts';
import { readSeedTarget } from '../prep/seed-target.ts';
import { seedInfoOf } from '../seed/cluster-info.ts';
import { seedProblems } from '../seed/compatibility.ts';
import { inspectSeed, type SeedImage } from '../seed/inspect.ts';
import { spaceForSeed, spaceProblem } from '../seed/space.ts';
import { checksOf, failed, type PreflightCheck, passed, skipped } from './check.ts';
import type { PreflightScope } from './scope.ts';

const IMAGE = 'spec.seedImageRef.image';

const judgeLabels = async ({ cluster, upgrade }: PreflightScope, seed: SeedImage): Promise<PreflightCheck[]> => {
  const info = seedInfoOf(seed.labels);
  // what holds the container storage is known to the agent alone
  const problems = seedProblems(seed, await readSeedTarget(cluster, info?.container_storage_mountpoint_target ?? ''));
  const wanted = upgrade.spec?.seedImageRef?.version;
  const is = info?.seed_cluster_ocp_version;
  const version =
    wanted && is && wanted !== is ? `version specified in seed image (${is}) differs from version in spec (${wanted})` : undefined;
  return checksOf(
    errorsOf(prepCodes.seed, IMAGE, [...problems, version]),
    prepCodes.seed,
    IMAGE,
    `${seed.digest}, ${seed.architecture}, ${gigabytes(seed.bytes)}, release ${is ?? 'unknown'} fits this cluster`,
  );
};

type Summary = { node?: { fs?: { availableBytes?: number } } };

/** Free bytes of the file system with /var, as the kubelet of the node says; undefined where it does not. */
const freeOnNode = async (cluster: Client): Promise<number | undefined> => {
  const [node] = (await cluster.list(Node)).items;
  if (node === undefined) return undefined;
  try {
    const summary = await cluster.request<Summary>('GET', `/api/v1/nodes/${node.metadata.name}/proxy/stats/summary`);
    return summary.node?.fs?.availableBytes;
  } catch {
    return undefined; // a node that cannot be asked is told as such
  }
};

const judgeSpace = async ({ cluster }: PreflightScope, { bytes }: SeedImage): Promise<PreflightCheck> => {
  const free = await freeOnNode(cluster);
  if (free === undefined)
    return skipped(prepCodes.space, '/var of the node', 'the kubelet of the node does not say how much is free; Prep looks');
  const problem = spaceProblem(bytes, free, '/var of the node');
  if (problem === undefined)
    return passed(prepCodes.space, '/var of the node', `${gigabytes(free)} free, the seed takes ${gigabytes(spaceForSeed(bytes))}`);
  return failed(prepCodes.space, '/var of the node', problem, 'Free some space on the host, for instance with crictl rmi --prune');
};

/** Whether the seed image is there, fits the cluster, and has room; only its manifest and labels are read. */
export const checkSeed = async (scope: PreflightScope): Promise<PreflightCheck[]> => {
  const { image } = scope.upgrade.spec?.seedImageRef ?? {};
  if (!image) return [failed(prepCodes.seed, IMAGE, 'no image is named', 'godwit ibu prep --image IMAGE --version VERSION')];
  try {
    const world = { cluster: scope.cluster, host: { root: scope.folder } };
    const seed = await withSeedAccess(world, scope.upgrade, scope.access, (access) =>
      inspectSeed(image, { retries: 0, ...access }, scope.run),
    );
    return [...(await judgeLabels(scope, seed)), await judgeSpace(scope, seed)];
  } catch (error) {
    if (error instanceof PullSecretMissing)
      return [
        failed(
          prepCodes.seed,
          'spec.seedImageRef.pullSecretRef',
          error.message,
          'kubectl create secret docker-registry NAME -n openshift-lifecycle-agent --docker-server=REGISTRY --docker-username=USER --docker-password=…',
        ),
      ];
    if (error instanceof HostError || (error instanceof Error && error.message.includes('does not describe a seed cluster')))
      return [failed(prepCodes.seed, IMAGE, error.message, `godwit ibu seed inspect ${image}, from a machine that reaches its registry`)];
    throw error;
  }
};
