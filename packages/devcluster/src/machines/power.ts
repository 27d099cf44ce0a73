import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Programs } from '../binaries/programs.ts';
import { createCgroup, endCgroup, foldersOfCgroup } from '../node/cgroups.ts';
import { startDaemon } from '../processes/daemon.ts';
import { identify, isAlive, type ProcessIdentity } from '../processes/identity.ts';
import { markOf } from '../processes/marked.ts';
import { setFolder } from '../sets/folders.ts';
import { machineFolder, machineRoot } from './names.ts';
import { connectMachine, disconnectMachine } from './network.ts';
import { changeMachine, type MachineRecord } from './record.ts';

const PATIENCE_MILLISECONDS = 60_000;

/** Whether a machine runs. */
export const isOn = ({ process }: MachineRecord): boolean => process !== undefined && isAlive(process);

/** Ends everything in a machine at once, as a power cut does; its files stay. */
export const powerOff = (machine: MachineRecord): Promise<void> => endCgroup(machine.cgroup);

const systemCgroup = ({ cgroup }: MachineRecord): string => `${cgroup}/system`;

const bootCommand = (set: string, machine: MachineRecord, programs: string, started: string): string[] => [
  'nsenter',
  `--net=/run/netns/${machine.networkNamespace}`,
  'unshare',
  ...['--mount', '--propagation', 'private', '--uts', '--ipc', '--pid', '--fork', '--kill-child'],
  '/bin/sh',
  join(import.meta.dirname, 'boot.sh'),
  machineRoot(set, machine.id),
  programs,
  started,
  machine.id,
  ...foldersOfCgroup(systemCgroup(machine)),
];

const wordsIn = (path: string): string[] => (existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []);

/** Waits until the machine says that it runs containers; returns its first process. */
const untilStarted = async (starter: ProcessIdentity, started: string, log: string): Promise<ProcessIdentity> => {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const [pid = '', ready] = wordsIn(started);
    const first = identify(Number(pid));
    if (ready === 'ready' && first) return first;
    if (!isAlive(starter)) throw new Error(`The machine ended while it booted; see ${log}`);
    if (Date.now() > deadline) throw new Error(`The machine runs no containers after ${PATIENCE_MILLISECONDS / 1000} s; see ${log}`);
    await sleep(50);
  }
};

/** Boots a machine whose root is complete: network, cgroup and namespaces anew, then its launcher. Returns once it runs containers. */
export const powerOn = async (set: string, subnet: number, machine: MachineRecord, programs: Programs): Promise<MachineRecord> => {
  const folder = machineFolder(set, machine.id);
  const [log, started] = [join(folder, 'boot.log'), join(folder, 'started')];
  await powerOff(machine);
  await disconnectMachine(set, subnet, machine);
  await connectMachine(set, subnet, machine);
  for (const name of [machine.cgroup, systemCgroup(machine)]) createCgroup(name);
  rmSync(started, { force: true });
  writeFileSync(started, '', { mode: 0o600 });
  const argv = bootCommand(set, machine, dirname(programs('kubelet')), started);
  const starter = await startDaemon({ argv, env: markOf(setFolder(set)), log });
  return changeMachine(set, machine.id, { process: await untilStarted(starter, started, log) });
};
