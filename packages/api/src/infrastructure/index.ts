import { LocalCluster } from './local-cluster.ts';
import { LocalMachine, LocalMachineTemplate } from './local-machine.ts';

/** Every kind of infrastructure.godwit.io. */
export const infrastructureKinds = [LocalCluster, LocalMachineTemplate, LocalMachine] as const;
