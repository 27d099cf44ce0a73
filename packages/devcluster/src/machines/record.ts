import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../processes/identity.ts';
import { machineFolder, machinesFolder } from './names.ts';

/** The LocalMachine that a machine belongs to. `cluster` is the name of the management cluster in the set; `epoch` counts the owners from 1. */
export type Claim = { cluster: string; namespace: string; name: string; uid: string; epoch: number };

/** Everything that is known of a machine; written before anything of it is made, so that nothing made is ever forgotten. */
export type MachineRecord = {
  id: string;
  /** Its place in the set's network, from 1. */
  index: number;
  address: string;
  podSubnet: string;
  networkNamespace: string;
  cgroup: string;
  /** Absent: nobody owns the machine at the moment; it runs on. */
  claim?: Claim | undefined;
  /** Uids of all objects that ever claimed it: an object claims once, and does not take back what another took over. */
  claimants: string[];
  /** Whether its root is complete: Ignition is never applied twice. */
  ignited: boolean;
  /** Its first process at the last boot. */
  process?: ProcessIdentity | undefined;
};

const recordPath = (set: string, id: string): string => join(machineFolder(set, id), 'machine.json');

/** Reads what is known of a machine; undefined when there is none of that name. */
export const readMachine = (set: string, id: string): MachineRecord | undefined =>
  existsSync(recordPath(set, id)) ? (JSON.parse(readFileSync(recordPath(set, id), 'utf8')) as MachineRecord) : undefined;

/** Reads a machine that must exist. */
export const requireMachine = (set: string, id: string): MachineRecord => {
  const machine = readMachine(set, id);
  if (machine) return machine;
  const names = listMachines(set).map((each) => each.id);
  throw new Error(`Set ${set} has no machine ${JSON.stringify(id)}; it has ${names.join(', ') || 'none'}`);
};

/** All machines of a set, by their place in the network. */
export const listMachines = (set: string): MachineRecord[] =>
  existsSync(machinesFolder(set))
    ? readdirSync(machinesFolder(set))
        .flatMap((id) => readMachine(set, id) ?? [])
        .sort((one, other) => one.index - other.index)
    : [];

/** Writes a machine's record whole and at once. Only the provider of the set writes. */
export const writeMachine = (set: string, machine: MachineRecord): MachineRecord => {
  mkdirSync(machineFolder(set, machine.id), { recursive: true, mode: 0o700 });
  const draft = `${recordPath(set, machine.id)}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(machine, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, recordPath(set, machine.id));
  return machine;
};

/** Changes a machine's record as it stands now. */
export const changeMachine = (set: string, id: string, change: Partial<MachineRecord>): MachineRecord =>
  writeMachine(set, { ...requireMachine(set, id), ...change });
