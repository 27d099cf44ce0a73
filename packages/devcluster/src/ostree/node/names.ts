import { join } from 'node:path';
import { prefixOf } from '../../node/names.ts';
import { setFolder } from '../../sets/folders.ts';

/** Name of a node's network namespace, and of its cgroup in every hierarchy; `index` is its place in the set's network. */
export const nodeScopeOf = (set: string, index: number): string => `${prefixOf(set)}node-${index}`;

/** The folder below which all nodes of a set lie. */
export const nodesFolder = (set: string): string => join(setFolder(set), 'nodes');

/** The folder of one node. */
export const nodeFolder = (set: string, id: string): string => join(nodesFolder(set), id);

/** A node's physical root, as `--sysroot` of ostree takes it. */
export const nodeSysroot = (set: string, id: string): string => join(nodeFolder(set, id), 'sysroot');

/** A node's data disk, which no stateroot contains: images of containers, and volumes. */
export const nodeData = (set: string, id: string): string => join(nodeFolder(set, id), 'data');

/** The kubeconfig of a node's cluster for the host; written anew after each boot, from the stateroot that runs. */
export const nodeKubeconfigPath = (set: string, id: string): string => join(nodeFolder(set, id), 'kubeconfig');

/** Files that belong to the current boot of a node: those it finds in /run/godwit, its report, its log. */
export const bootFolder = (set: string, id: string): string => join(nodeFolder(set, id), 'boot');

/** The name of the stateroot of a release. */
export const staterootOf = (version: string): string => `rhcos_${version.replaceAll('-', '_')}`;
