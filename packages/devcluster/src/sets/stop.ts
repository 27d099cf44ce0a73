import { rmSync } from 'node:fs';
import { withLock } from '../host/lock.ts';
import { KEEPER } from '../node/volumes.ts';
import { endProcesses } from '../processes/daemon.ts';
import { isAlive } from '../processes/identity.ts';
import { markedProcesses } from '../processes/marked.ts';
import { knownSets, requireName, setFolder, setLock } from './folders.ts';
import { endPods, removeCgroups, removeImmutableNodes, removeMounts, removeNetworks } from './leftovers.ts';
import { type Component, readState } from './state.ts';

/** These hold up what others still need while they end. */
const LAST: readonly string[] = [KEEPER, 'containerd', 'etcd'];

const processesOf = (components: readonly Component[]) => components.flatMap(({ process }) => (process ? [process] : []));

const isRoot = (): boolean => process.getuid?.() === 0;

/** Ends the processes of a set: those on record, those in its cgroups, and those that only the mark gives away. */
const endSetProcesses = async (id: string): Promise<void> => {
  const components = readState(id)?.components ?? [];
  await endProcesses(processesOf(components.filter(({ name }) => !LAST.includes(name))), 3000);
  if (isRoot()) await endPods(id);
  await endProcesses(processesOf(components.filter(({ name }) => name === 'etcd')), 3000);
  await endProcesses(markedProcesses(setFolder(id)), 0);
};

/** Ends a set and removes all that it left on the machine; works as well on what a crash left, and does nothing when there is nothing. */
export const stopSet = async (id: string): Promise<void> => {
  const folder = setFolder(requireName('Set id', id));
  await endSetProcesses(id);
  if (isRoot()) {
    await endPods(id);
    await removeMounts(folder);
    await removeNetworks(id);
    removeCgroups(id);
    await removeImmutableNodes(folder);
  }
  // The last threads of a process that was just killed may finish what they were writing when the process counts as ended already.
  await withLock(setLock(id), async () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
};

/** Ids of sets that were bound to a process which has ended. */
export const orphanedSets = (): string[] =>
  knownSets().filter((id) => {
    const owner = readState(id)?.owner;
    return owner !== undefined && !isAlive(owner);
  });

/** Removes the sets of processes that ended without removing them: test runs that were killed. */
export const sweepOrphans = async (): Promise<string[]> => {
  const orphans = orphanedSets();
  for (const id of orphans) await stopSet(id);
  return orphans;
};
