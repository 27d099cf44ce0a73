import type { Clock, Log } from '@godwit/controller';
import type { Client } from '@godwit/kube';
import type { MachineRecord } from '../record.ts';
import type { Claimant } from './decide.ts';

/** Machines as controllers use them: everything that touches the host. */
export type Machines = {
  set: string;
  list(): MachineRecord[];
  read(id: string): MachineRecord | undefined;
  /** Records a new machine; nothing is made yet. */
  allocate(claimant: Claimant): Promise<MachineRecord>;
  /** Makes the root from the bootstrap data; throws BootstrapRefused when it never will succeed. */
  ignite(machine: MachineRecord, bootstrap: string): Promise<MachineRecord>;
  /** Boots a machine that is off; one that is on stays as it is. */
  ensureOn(id: string): Promise<MachineRecord | undefined>;
  claim(machine: MachineRecord, claimant: Claimant): MachineRecord;
  release(machine: MachineRecord): MachineRecord;
  end(machine: MachineRecord): Promise<void>;
};

/** What the controllers of one management cluster work with. */
export type World = { cluster: string; client: Client; clock: Clock; log: Log; machines: Machines };
