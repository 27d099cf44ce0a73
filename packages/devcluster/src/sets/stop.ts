import { rmSync } from 'node:fs';
import { withLock } from '../host/lock.ts';
import { endProcesses } from '../processes/daemon.ts';
import { isAlive } from '../processes/identity.ts';
import { markedProcesses } from '../processes/marked.ts';
import { knownSets, requireName, setFolder, setLock } from './folders.ts';
import { readState } from './state.ts';

/** Ends a set and removes all that it left on the machine; works as well on what a crash left, and does nothing when there is nothing. */
export const stopSet = async (id: string): Promise<void> => {
  const folder = setFolder(requireName('Set id', id));
  const recorded = (readState(id)?.components ?? []).flatMap(({ process }) => (process ? [process] : []));
  await endProcesses(recorded, 3000);
  await endProcesses(markedProcesses(folder), 0);
  await withLock(setLock(id), async () => rmSync(folder, { recursive: true, force: true }));
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
