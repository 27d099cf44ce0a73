import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MissingPrerequisite } from '../host/prerequisites.ts';
import type { Progress } from '../progress.ts';
import { buildKubernetes, buildMinio } from './build.ts';

/** Finds the path of a program by its name. */
export type Programs = (name: string) => string;

/** Programs of a control plane without nodes. */
export const CONTROL_PLANE_PROGRAMS: readonly string[] = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'];

/** Programs of a complete cluster, beside those of its control plane. */
export const NODE_PROGRAMS: readonly string[] = ['kube-scheduler', 'kubelet', 'kube-proxy', 'coredns', 'pause'];

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
  if (lacking.some((name) => name !== 'minio')) folders.push(await buildKubernetes(progress));
  if (lacking.includes('minio')) folders.push(await buildMinio(progress));
  return inFolders(folders);
};
