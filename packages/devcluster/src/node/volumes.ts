import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../control-plane/wait.ts';
import { run } from '../processes/run.ts';
import { launch } from '../sets/components.ts';
import { clusterFolder } from '../sets/folders.ts';
import type { Component, NodeState } from '../sets/state.ts';

/** Where the host-path provisioner of Kubernetes puts volumes; the path cannot be changed. */
export const VOLUMES = '/tmp/hostpath_pv';

/** Name of the component that keeps a node's mount namespace alive. */
export const KEEPER = 'mounts';

/** What the keeper does in its new mount namespace. /run/netns is hidden, so that pods' namespaces do not show up on the host. */
const SCRIPT =
  'set -e; mount --make-rshared /; mount -t tmpfs tmpfs /run/netns; mount -o loop "$1" "$2"; rmdir "$2/lost+found"; : > "$3"; exec sleep infinity';

/** Gives a node a mount namespace with a file system of its own, of limited size, for volumes: a full disk is a real one, and no cluster sees another's files. */
export const createNodeMounts = async (set: string, cluster: string, node: NodeState, volumeMegabytes: number): Promise<Component> => {
  const folder = clusterFolder(set, cluster);
  const [image, ready] = [join(folder, 'volumes.img'), join(folder, 'mounted')];
  mkdirSync(folder, { recursive: true });
  mkdirSync(VOLUMES, { recursive: true });
  await run(['truncate', `--size=${volumeMegabytes}M`, image]);
  await run(['mkfs.ext4', '-q', '-F', '-m', '0', '-O', '^has_journal', '-E', 'lazy_itable_init=1', image]);
  const keeper = await launch(set, {
    name: KEEPER,
    cluster,
    argv: [
      'nsenter',
      `--net=/run/netns/${node.networkNamespace}`,
      'unshare',
      '--mount',
      '--propagation',
      'private',
      '/bin/sh',
      '-c',
      SCRIPT,
      'sh',
      image,
      VOLUMES,
      ready,
    ],
    env: {},
    log: join(folder, 'logs', `${KEEPER}.log`),
  });
  await waitFor(keeper, async () => existsSync(ready), 20);
  return keeper;
};
