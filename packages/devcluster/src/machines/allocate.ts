import { withLock } from '../host/lock.ts';
import { readUsedPrefixes } from '../node/subnet.ts';
import { knownSets, machineLock } from '../sets/folders.ts';
import { machineScope } from './names.ts';
import { type Claim, listMachines, type MachineRecord, writeMachine } from './record.ts';

/** Every pod subnet that a machine can get: 10.132.0.0/14, the default cluster network of hosted clusters, in parts of 256 addresses. */
const POD_SUBNETS: readonly string[] = Array.from(
  { length: 1024 },
  (_, index) => `10.${132 + Math.floor(index / 256)}.${index % 256}.0/24`,
);

/** The most machines of one set. */
const MOST = 250;

/** The lowest place in the network that no machine has; undefined when all are taken. */
export const freeIndex = (taken: readonly number[]): number | undefined =>
  Array.from({ length: MOST }, (_, index) => index + 1).find((index) => !taken.includes(index));

/** The first pod subnet that no machine of any set has and the host has no route to; undefined when none is left. */
export const freePodSubnet = (taken: readonly string[], used: readonly string[]): string | undefined =>
  POD_SUBNETS.find((subnet) => !taken.includes(subnet) && !used.includes(subnet));

/** A name for a new machine: the object's, or with the start of its uid when a machine of that name exists. */
export const machineIdFor = (name: string, uid: string, taken: readonly string[]): string =>
  taken.includes(name) ? `${name}-${uid.slice(0, 5)}` : name;

/** Records a new machine for the LocalMachine that wants it; nothing is made yet. */
export const allocateMachine = (set: string, subnet: number, claim: Claim): Promise<MachineRecord> =>
  withLock(machineLock(), async () => {
    const machines = listMachines(set);
    const index = freeIndex(machines.map((each) => each.index));
    const everywhere = knownSets().flatMap((id) => listMachines(id).map((each) => each.podSubnet));
    const podSubnet = freePodSubnet(everywhere, await readUsedPrefixes());
    if (index === undefined || podSubnet === undefined)
      throw new Error(`No network is left for one more machine in set ${set}; it has ${machines.length}`);
    const scope = machineScope(set, index);
    return writeMachine(set, {
      id: machineIdFor(
        claim.name,
        claim.uid,
        machines.map((each) => each.id),
      ),
      index,
      address: `10.${subnet}.200.${index}`,
      podSubnet,
      networkNamespace: scope,
      cgroup: scope,
      claim,
      claimants: [claim.uid],
      ignited: false,
    });
  });
