import { run } from '../processes/run.ts';
import { isOn, powerOff } from './power.ts';
import { requireMachine } from './record.ts';

/** The command line that runs a program inside a machine: in its namespaces, with its root and its path. */
export const machineCommand = (set: string, id: string, argv: readonly string[]): string[] => {
  const machine = requireMachine(set, id);
  if (!machine.process || !isOn(machine))
    throw new Error(`Machine ${id} of set ${set} does not run; the provider boots it. See: godwit-dev status`);
  return [
    'nsenter',
    ...['--mount', '--uts', '--ipc', '--net', '--pid', '--root', '--wd'],
    `--target=${machine.process.pid}`,
    '--',
    'env',
    'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin',
    ...argv,
  ];
};

/** Runs a program inside a machine and returns what it printed. */
export const execInMachine = (set: string, id: string, argv: readonly string[]): Promise<string> => run(machineCommand(set, id, argv));

/** Cuts a machine's power, for tests of faults: everything in it ends at once. The provider of its set boots it again. */
export const cutPower = (set: string, id: string): Promise<void> => powerOff(requireMachine(set, id));
