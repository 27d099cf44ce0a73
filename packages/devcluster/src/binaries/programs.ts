import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingPrerequisite } from '../host/prerequisites.ts';
import type { Progress } from '../progress.ts';
import { buildClusterApi, buildKonnectivity, buildKubernetes, buildMinio } from './build.ts';
import { CLUSTER_API_CRDS } from './cluster-api-crds.ts';

/** Finds the path of a program by its name. */
export type Programs = (name: string) => string;

/** Programs of a control plane without nodes. */
export const CONTROL_PLANE_PROGRAMS: readonly string[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'];

/** Programs of a complete cluster, beside those of its control plane. */
export const NODE_PROGRAMS: readonly string[] = ['kube-scheduler', 'kubelet', 'kube-proxy', 'coredns', 'pause'];

/** What hosted control planes need beside the programs of complete clusters; the last is a file of CRDs. */
export const HOSTED_PROGRAMS: readonly string[] = ['proxy-server', 'proxy-agent', 'cluster-api', CLUSTER_API_CRDS];

type Build = { brings: readonly string[]; build: (progress: Progress) => Promise<string> };

/** Builds beside the one of Kubernetes, which brings everything else. */
const BUILDS: readonly Build[] = [
  { brings: ['minio'], build: buildMinio },
  { brings: ['proxy-server', 'proxy-agent'], build: buildKonnectivity },
  { brings: ['cluster-api', CLUSTER_API_CRDS], build: buildClusterApi },
];

const buildsOf = (lacking: readonly string[]): Build['build'][] => {
  const others = BUILDS.filter(({ brings }) => brings.some((name) => lacking.includes(name)));
  const isOther = (name: string): boolean => others.some(({ brings }) => brings.includes(name));
  return [...(lacking.every(isOther) ? [] : [buildKubernetes]), ...others.map(({ build }) => build)];
};

const inFolders =
  (folders: readonly string[]): Programs =>
  (name) => {
    const path = folders.map((folder) => join(folder, name)).find(existsSync);
    if (!path)
      throw new MissingPrerequisite(
        `${name} is missing in ${folders.join(' and ')}. Put it there, or unset KUBEBUILDER_ASSETS to have it built.`,
      );
    return path;
  };

/** Finds programs in the folder that KUBEBUILDER_ASSETS names; what it lacks of `wanted`, and all without it, is built into the cache once. */
export const findPrograms = async (
  wanted: readonly string[],
  progress: Progress,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Programs> => {
  const assets = env.KUBEBUILDER_ASSETS;
  const folders = assets ? [assets] : [];
  const lacking = wanted.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  for (const build of buildsOf(lacking)) folders.push(await build(progress));
  return inFolders(folders);
};
