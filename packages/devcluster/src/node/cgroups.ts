import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcesses } from '../processes/daemon.ts';
import { identify, type ProcessIdentity } from '../processes/identity.ts';

const ROOT = '/sys/fs/cgroup';
const NEEDED = ['cpu', 'cpuacct', 'cpuset', 'memory', 'pids', 'systemd'] as const;

const isUnified = (): boolean => existsSync(join(ROOT, 'cgroup.controllers'));

/** A child of the cpuset hierarchy is unusable until it has been told its processors and memory. */
const inheritCpuset = (folder: string): void => {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) writeFileSync(join(folder, file), readFileSync(join(folder, '..', file)));
};

/** Makes the cgroup under which a node's pods live: in each hierarchy of version 1, or the one of version 2 (which is not tried). */
export const createCgroup = (name: string): void => {
  if (isUnified()) {
    writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu +cpuset +memory +pids');
    mkdirSync(join(ROOT, name), { recursive: true });
    return;
  }
  for (const hierarchy of NEEDED) mkdirSync(join(ROOT, hierarchy, name), { recursive: true });
  inheritCpuset(join(ROOT, 'cpuset', name));
};

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));

/** Where cgroups begin: the folder of each hierarchy, or the one of version 2. */
const hierarchies = (): string[] => {
  if (!existsSync(ROOT)) return [];
  return isUnified() ? [ROOT] : [...new Set(foldersIn(ROOT))];
};

/** Folders of all cgroups whose name starts with the prefix, in all hierarchies. */
export const cgroupsNamed = (prefix: string): string[] =>
  hierarchies()
    .flatMap(foldersIn)
    .filter((folder) => folder.slice(folder.lastIndexOf('/') + 1).startsWith(prefix));

/** Folders of one cgroup in all hierarchies that have it; `name` may be a path. */
export const foldersOfCgroup = (name: string): string[] =>
  hierarchies()
    .map((folder) => join(folder, name))
    .filter(existsSync);

const depthFirst = (folder: string): string[] => [...foldersIn(folder).flatMap(depthFirst), folder];

/** Processes in a cgroup and below it: those of a node's pods. */
export const processesIn = (folder: string): ProcessIdentity[] =>
  depthFirst(folder)
    .flatMap((each) => readFileSync(join(each, 'cgroup.procs'), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => identify(Number(line)))
    .filter((identity) => identity !== undefined);

/** Ends every process of a cgroup and below it, at once and without asking; what they start meanwhile ends too. */
export const endCgroup = async (name: string): Promise<void> => {
  for (;;) {
    const left = foldersOfCgroup(name).flatMap(processesIn);
    if (left.length === 0) return;
    await endProcesses(left, 0);
  }
};

/** Removes a cgroup and all below it; no process may be left in it. Somebody else may be removing it too. */
export const removeCgroup = (folder: string): void => {
  for (const each of existsSync(folder) ? depthFirst(folder) : []) {
    try {
      rmdirSync(each);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
};
