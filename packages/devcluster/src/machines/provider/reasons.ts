import { reason } from '@godwit/controller';

/** Everything that the condition Ready of a LocalMachine or LocalCluster can say. */
export const Running = reason('Running', ({ address }: { address: string }) => `The machine runs at ${address}`);
export const Starting = reason('Starting', ({ address }: { address: string }) => `The machine is off and boots; it is at ${address}`);
export const WaitingForOwner = reason('WaitingForOwner', () => 'No Machine owns this LocalMachine yet; Cluster API writes the owner');
export const WaitingForBootstrapData = reason(
  'WaitingForBootstrapData',
  ({ machine }: { machine: string }) => `Machine ${machine} names no Secret with bootstrap data yet, or that Secret has no key "value"`,
);
export const BootstrapPending = reason(
  'BootstrapPending',
  ({ fault }: { fault: string }) => `The machine cannot be made yet and is tried again: ${fault}`,
);
export const Refused = reason(
  'BootstrapRefused',
  ({ fault }: { fault: string }) => `${fault}. Correct the configuration; a new machine will be made from it`,
);
export const ClaimedElsewhere = reason(
  'ClaimedElsewhere',
  ({ cluster, name }: { cluster: string; name: string }) => `The machine belongs to LocalMachine ${name} of cluster ${cluster} now`,
);
export const MachineNotFound = reason(
  'MachineNotFound',
  ({ providerId, set }: { providerId: string; set: string }) =>
    `No machine of set ${set} is ${providerId}. Delete this LocalMachine's Machine, so that a new one is made`,
);
export const Provisioned = reason(
  'Provisioned',
  ({ set }: { set: string }) => `Machines of this cluster are made in set ${set} on this host`,
);
