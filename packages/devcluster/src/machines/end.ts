import { rmSync } from 'node:fs';
import { foldersOfCgroup, removeCgroup } from '../node/cgroups.ts';
import { machineFolder, machineRoot } from './names.ts';
import { disconnectMachine, forgetRoute } from './network.ts';
import { powerOff } from './power.ts';
import type { MachineRecord } from './record.ts';

/** Ends a machine and removes everything of it; the record goes last, so that a crash in between leaves nothing unknown. */
export const endMachine = async (set: string, subnet: number, machine: MachineRecord): Promise<void> => {
  await powerOff(machine);
  await disconnectMachine(set, subnet, machine);
  await forgetRoute(subnet, machine);
  for (const folder of foldersOfCgroup(machine.cgroup)) removeCgroup(folder);
  rmSync(machineRoot(set, machine.id), { recursive: true, force: true });
  rmSync(machineFolder(set, machine.id), { recursive: true, force: true });
};
