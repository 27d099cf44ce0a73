import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Folders of all cgroups whose name starts with the prefix, in all hierarchies. */
export const cgroupsNamed = (prefix: string): string[] => {
  if (!existsSync(ROOT)) return [];
  const parents = isUnified() ? [ROOT] : [...new Set(foldersIn(ROOT))];
  return parents.flatMap(foldersIn).filter((folder) => folder.slice(folder.lastIndexOf('/') + 1).startsWith(prefix));
};

const depthFirst = (folder: string): string[] => [...foldersIn(folder).flatMap(depthFirst), folder];

/** Processes in a cgroup and below it: those of a node's pods. */
export const processesIn = (folder: string): ProcessIdentity[] =>
  depthFirst(folder)
    .flatMap((each) => readFileSync(join(each, 'cgroup.procs'), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => identify(Number(line)))
    .filter((identity) => identity !== undefined);

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
