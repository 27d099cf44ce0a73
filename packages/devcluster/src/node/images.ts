import { run } from '../processes/run.ts';
import { clusterFolder } from '../sets/folders.ts';
import { requireState } from '../sets/state.ts';
import { containerdSocket } from './containerd.ts';
import { inNode } from './enter.ts';

/** Imports an OCI archive into a node's containerd, where pods find it without any pull. */
export const importImage = (set: string, cluster: string, archivePath: string): Promise<string> =>
  run(
    inNode(requireState(set), cluster, [
      'ctr',
      '--address',
      containerdSocket(clusterFolder(set, cluster)),
      '--namespace',
      'k8s.io',
      'images',
      'import',
      archivePath,
    ]),
  );

/** Imports an OCI archive on the nodes of a set: of all its clusters, or of those named. */
export const loadImage = async (set: string, archivePath: string, clusters?: readonly string[]): Promise<void> => {
  const names =
    clusters ??
    requireState(set)
      .clusters.filter(({ node }) => node)
      .map(({ name }) => name);
  await Promise.all(names.map((name) => importImage(set, name, archivePath)));
};
