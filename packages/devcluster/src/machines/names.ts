import { join } from 'node:path';
import { prefixOf } from '../node/names.ts';
import { setFolder } from '../sets/folders.ts';

/** Name of a machine's network namespace, and of its cgroup in every hierarchy; `index` is its place in the set's network. */
export const machineScope = (set: string, index: number): string => `${prefixOf(set)}machine-${index}`;

/** The folder below which all machines of a set lie. */
export const machinesFolder = (set: string): string => join(setFolder(set), 'machines');

/** The folder of one machine: its record, its root and its log. */
export const machineFolder = (set: string, id: string): string => join(machinesFolder(set), id);

/** A machine's root file system as the host sees it; what is mounted over it shows only inside. */
export const machineRoot = (set: string, id: string): string => join(machineFolder(set, id), 'root');

/** What Kubernetes calls a machine: the same in every cluster that it may belong to. */
export const providerIdOf = (set: string, id: string): string => `local:///${set}/${id}`;

/** The machine that a provider id names; undefined when it is none of this set. */
export const machineOfProviderId = (set: string, providerId: string): string | undefined =>
  new RegExp(`^local:///${set}/([a-z0-9][a-z0-9.-]*)$`).exec(providerId)?.[1];
