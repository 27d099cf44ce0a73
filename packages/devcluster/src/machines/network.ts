import { existsSync } from 'node:fs';
import { bridgeName } from '../node/names.ts';
import { createNodeNetwork, ipBatch, type NetworkPlace } from '../node/network.ts';
import { attempt } from '../processes/run.ts';
import { readState } from '../sets/state.ts';
import { listMachines, type MachineRecord } from './record.ts';

/** Where pods of a hosted cluster find their API server: a proxy on the machine itself answers here. */
const API_ADDRESS = '172.20.0.1';

const isMade = ({ networkNamespace }: NetworkPlace): boolean => existsSync(`/run/netns/${networkNamespace}`);

const nodesOf = (set: string): NetworkPlace[] => (readState(set)?.clusters ?? []).flatMap(({ node }) => node ?? []).filter(isMade);

const othersOf = (set: string, machine: MachineRecord): NetworkPlace[] =>
  listMachines(set).filter((each) => each.id !== machine.id && isMade(each));

const routeTo = ({ podSubnet, address }: NetworkPlace): string => `route replace ${podSubnet} via ${address}`;

/**
 * Gives a machine its network: a namespace on the set's bridge, and routes, so that its pods and those of the set's nodes and other machines reach
 * one another under their own addresses.
 */
export const connectMachine = async (set: string, subnet: number, machine: MachineRecord): Promise<void> => {
  await createNodeNetwork(machine, subnet, `m${machine.index}`);
  const [nodes, others] = [nodesOf(set), othersOf(set, machine)];
  await ipBatch([`address add ${API_ADDRESS}/32 dev lo`, ...[...nodes, ...others].map(routeTo)], machine.networkNamespace);
  // A neighbour may be going down in this moment; it needs no route any more then.
  for (const { networkNamespace } of [...nodes, ...others]) await attempt(['ip', '-n', networkNamespace, ...routeTo(machine).split(' ')]);
};

const linkOf = (subnet: number, { index }: MachineRecord): string => `${bridgeName(subnet)}-m${index}`;

/** Takes a machine's network away, as far as there is one. The link goes first: a namespace that is deleted keeps its links for a moment. */
export const disconnectMachine = async (set: string, subnet: number, machine: MachineRecord): Promise<void> => {
  if (!isMade(machine)) return;
  await attempt(['ip', 'link', 'delete', linkOf(subnet, machine)]);
  await attempt(['ip', 'netns', 'delete', machine.networkNamespace]);
  for (const { networkNamespace } of [...nodesOf(set), ...othersOf(set, machine)])
    await attempt(['ip', '-n', networkNamespace, 'route', 'delete', machine.podSubnet]);
};

/** Takes the host's route to a machine's pods away. */
export const forgetRoute = async (subnet: number, { podSubnet }: MachineRecord): Promise<void> => {
  await attempt(['ip', 'route', 'delete', podSubnet, 'dev', bridgeName(subnet)]);
};
