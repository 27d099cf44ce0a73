import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isPresent } from '../host/search-path.ts';
import { cgroupsNamed, processesIn, removeCgroup } from '../node/cgroups.ts';
import { ALL_SETS, bridgeAlias, prefixOf, setOfScope } from '../node/names.ts';
import { endProcesses } from '../processes/daemon.ts';
import { attempt, run } from '../processes/run.ts';

/** Ids of the sets whose network namespaces or cgroups exist, whatever became of their folders. */
export const namedSets = (): string[] => {
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  const cgroups = cgroupsNamed(ALL_SETS).map((folder) => basename(folder));
  return [...new Set([...namespaces, ...cgroups].flatMap((name) => setOfScope(name) ?? []))];
};

/** Ends whatever runs in the pods of a set, by the cgroups that its name gives away. */
export const endPods = async (set: string): Promise<void> => {
  const folders = cgroupsNamed(prefixOf(set));
  await endProcesses(folders.flatMap(processesIn), 0);
};

/** Removes the cgroups of a set from all hierarchies. */
export const removeCgroups = (set: string): void => {
  for (const folder of cgroupsNamed(prefixOf(set))) removeCgroup(folder);
};

type Link = { ifname?: string; ifalias?: string };

const linksIn = (json: string): Link[] => JSON.parse(json || '[]') as Link[];

/** Finds the links that carry an alias in what `ip -j link` printed. */
export const linksWithAlias = (json: string, alias: string): string[] =>
  linksIn(json).flatMap(({ ifname, ifalias }) => (ifname && ifalias === alias ? [ifname] : []));

/** Removes a bridge, and what hangs on it first: a namespace that is deleted keeps its link for a moment, in which nobody else could make one of that name. */
const removeBridge = async (bridge: string): Promise<void> => {
  const links = linksIn(await run(['ip', '-j', 'link', 'show', 'master', bridge]));
  for (const { ifname } of links) if (ifname) await attempt(['ip', 'link', 'delete', ifname]);
  await attempt(['ip', 'link', 'delete', bridge]);
};

/** Removes the bridge and the network namespaces of a set; routes go with the bridge. */
export const removeNetworks = async (set: string): Promise<void> => {
  if (isPresent('ip'))
    for (const bridge of linksWithAlias(await run(['ip', '-j', 'link', 'show', 'type', 'bridge']), bridgeAlias(set)))
      await removeBridge(bridge);
  const namespaces = existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith(prefixOf(set))) : [];
  for (const name of namespaces) await attempt(['ip', 'netns', 'delete', name]);
};

/** Finds mount points below a folder in the text of /proc/self/mounts, deepest first. */
export const mountsBelow = (mounts: string, folder: string): string[] =>
  mounts
    .split('\n')
    .flatMap((line) => line.split(' ')[1]?.replaceAll('\\040', ' ') ?? [])
    .filter((path) => path.startsWith(`${folder}/`))
    .sort((one, other) => other.length - one.length);

/** Unmounts what is mounted below a set's folder, and frees loop devices over its files. */
export const removeMounts = async (folder: string): Promise<void> => {
  for (const path of mountsBelow(readFileSync('/proc/self/mounts', 'utf8'), folder)) await attempt(['umount', '--lazy', path]);
  if (!isPresent('losetup')) return;
  const listing = await run(['losetup', '--list', '--json', '--output', 'NAME,BACK-FILE']);
  const { loopdevices = [] } = JSON.parse(listing || '{}') as { loopdevices?: { name: string; 'back-file': string | null }[] };
  for (const { name, 'back-file': file } of loopdevices) if (file?.startsWith(`${folder}/`)) await attempt(['losetup', '--detach', name]);
};

const childrenOf = (folders: readonly string[], ...path: string[]): string[] =>
  folders
    .map((folder) => join(folder, ...path))
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []));

/** Lets the deployments of a node be removed, which ostree makes immutable. */
export const removeImmutable = async (node: string): Promise<void> => {
  for (const deployment of childrenOf(childrenOf([node], 'sysroot/ostree/deploy'), 'deploy')) await attempt(['chattr', '-i', deployment]);
};

/** Lets the deployments of all nodes of the set in this folder be removed. */
export const removeImmutableNodes = async (folder: string): Promise<void> => {
  for (const node of childrenOf([folder], 'nodes')) await removeImmutable(node);
};
