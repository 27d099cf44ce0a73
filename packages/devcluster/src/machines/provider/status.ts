import type { LocalMachine } from '@godwit/api';
import { type Said, statusPatch, timeOf, withCondition } from '@godwit/controller';
import { isOn } from '../power.ts';
import type { MachineRecord } from '../record.ts';
import { Running, Starting } from './reasons.ts';

type Status = NonNullable<LocalMachine['status']>;

/** The merge patch that brings the condition Ready of an object up to date; undefined when it says the same already. */
export const readyPatch = (
  before: Status,
  after: Omit<Status, 'conditions'>,
  ready: boolean,
  said: Said,
  generation: number,
  now: Date,
) => {
  const claim = {
    type: 'Ready',
    status: ready ? ('True' as const) : ('False' as const),
    reason: said.reason,
    message: said.message,
    observedGeneration: generation,
  };
  return statusPatch(before, { ...after, conditions: withCondition(before.conditions ?? [], claim, timeOf(now)) });
};

/** The status of a LocalMachine whose machine exists; once provisioned it stays so. */
export const statusOf = (before: Status, machine: MachineRecord): { after: Omit<Status, 'conditions'>; ready: boolean; said: Said } => {
  const on = isOn(machine);
  return {
    after: {
      ...before,
      initialization: { provisioned: true },
      addresses: [
        { type: 'InternalIP', address: machine.address },
        { type: 'Hostname', address: machine.id },
      ],
    },
    ready: on,
    said: (on ? Running : Starting)({ address: machine.address }),
  };
};
