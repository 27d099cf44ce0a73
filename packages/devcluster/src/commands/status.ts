import { isOn } from '../machines/power.ts';
import { listMachines, type MachineRecord } from '../machines/record.ts';
import { isNodeOn } from '../ostree/node/power.ts';
import { listNodes, type NodeRecord } from '../ostree/node/record.ts';
import { isRunning } from '../sets/components.ts';
import { knownSets } from '../sets/folders.ts';
import { readState, type SetState } from '../sets/state.ts';
import type { Command } from './run.ts';

const ownerOf = ({ claim }: MachineRecord): string => (claim ? `${claim.cluster} ${claim.namespace}/${claim.name}` : 'nobody');

/** Tells in a line of each machine of a set where it is, whether it runs and whose it is. */
const machineLines = (machines: readonly MachineRecord[], on: (machine: MachineRecord) => boolean): string[] =>
  machines.map(
    (machine) =>
      `  machine ${machine.id}\t${machine.address}\t${on(machine) ? `running, process ${machine.process?.pid}` : 'off'}, of ${ownerOf(machine)}`,
  );

/** Tells in a line of each node of a set where it is, what it runs and how often it was booted. */
export const nodeLines = (nodes: readonly NodeRecord[], on: (node: NodeRecord) => boolean): string[] =>
  nodes.map((node) => {
    const how = on(node) ? `running, process ${node.process?.pid}` : node.installed ? 'off' : 'not installed';
    return `  node ${node.id}\t${node.address}\t${how}${node.stateroot ? `, boot ${node.boots} of ${node.stateroot}` : ''}`;
  });

/** Tells in lines what a set has and what of it runs. */
export const describeLines = (state: SetState, running: (component: SetState['components'][number]) => boolean): string[] => [
  `${state.id}\t${state.complete ? 'started' : 'not complete'}${state.owner ? `, bound to process ${state.owner.pid}` : ''}`,
  ...state.clusters.map(({ name, server }) => `  ${name}\t${server}`),
  ...(state.dns ? [`  ${state.dns.zone}\t${state.dns.server}:53`] : []),
  ...state.components.map(
    (component) =>
      `  ${component.cluster ? `${component.cluster}/` : ''}${component.name}\t${running(component) ? `running, process ${component.process?.pid}` : 'ended'}`,
  ),
];

/** Lists all sets with their clusters and components. */
export const status: Command = async () => {
  const states = knownSets().flatMap((id) => readState(id) ?? []);
  const lines = states.flatMap((state) => [
    ...describeLines(state, isRunning),
    ...machineLines(listMachines(state.id), isOn),
    ...nodeLines(listNodes(state.id), isNodeOn),
  ]);
  process.stdout.write(lines.length > 0 ? `${lines.join('\n')}\n` : 'Nothing runs. Start clusters: godwit-dev up\n');
};
