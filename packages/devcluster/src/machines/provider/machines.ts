import type { Programs } from '../../binaries/programs.ts';
import { allocateMachine } from '../allocate.ts';
import { endMachine } from '../end.ts';
import { igniteMachine } from '../ignite.ts';
import { fetchBy } from '../ignition/fetch.ts';
import { machineRoot, providerIdOf } from '../names.ts';
import { isOn, powerOn } from '../power.ts';
import { changeMachine, listMachines, type MachineRecord, readMachine, writeMachine } from '../record.ts';
import type { RootPlan } from '../root.ts';
import { claimed } from './decide.ts';
import type { Machines } from './world.ts';

/** What all machines of a set are made with. */
export type MachinesPlan = { set: string; subnet: number; programs: Programs } & Pick<
  RootPlan,
  'host' | 'registry' | 'authorityPath' | 'pauseArchive'
>;

/** Does one thing after another for each key, so that nobody boots a machine twice, or ends one that boots. */
const inTurn = () => {
  const last = new Map<string, Promise<unknown>>();
  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const next = (last.get(key) ?? Promise.resolve()).catch(() => undefined).then(work);
    last.set(key, next);
    return next;
  };
};

/** The machines of a set on this host. */
export const machinesOf = (plan: MachinesPlan): Machines => {
  const { set, subnet, programs } = plan;
  const turn = inTurn();
  const allocating = inTurn();
  const planFor = (machine: MachineRecord): RootPlan => ({
    ...plan,
    machine,
    root: machineRoot(set, machine.id),
    providerId: providerIdOf(set, machine.id),
  });
  return {
    set,
    list: () => listMachines(set),
    read: (id) => readMachine(set, id),
    allocate: (claimant) => allocating('', () => allocateMachine(set, subnet, { ...claimant, epoch: 1 })),
    ignite: (machine, bootstrap) =>
      turn(machine.id, async () => {
        await igniteMachine(planFor(machine), bootstrap, fetchBy(plan.host));
        return changeMachine(set, machine.id, { ignited: true });
      }),
    ensureOn: (id) =>
      turn(id, async () => {
        const machine = readMachine(set, id);
        return machine?.ignited && !isOn(machine) ? powerOn(set, subnet, machine, programs) : machine;
      }),
    claim: (machine, claimant) => writeMachine(set, claimed(machine, claimant)),
    release: (machine) => writeMachine(set, { ...machine, claim: undefined }),
    end: (machine) => turn(machine.id, () => endMachine(set, subnet, machine)),
  };
};
