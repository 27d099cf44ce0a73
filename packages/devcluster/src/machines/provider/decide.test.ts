import { expect, test } from 'vitest';
import type { MachineRecord } from '../record.ts';
import { claimed, type Decision, decide, type Facts } from './decide.ts';

const claimant = { cluster: 'alpha', namespace: 'hosted', name: 'w-1', uid: 'u-1' };
const other = { cluster: 'beta', namespace: 'hosted', name: 'w-1', uid: 'u-2', epoch: 2 };

const machine = (change: Partial<MachineRecord> = {}): MachineRecord => ({
  id: 'w-1',
  index: 1,
  address: '10.200.200.1',
  podSubnet: '10.132.0.0/24',
  networkNamespace: 'gw.dev.machine-1',
  cgroup: 'gw.dev.machine-1',
  claim: { ...claimant, epoch: 1 },
  claimants: ['u-1'],
  ignited: true,
  ...change,
});

const facts = (change: Partial<Facts>): Facts => ({
  claimant,
  deleting: false,
  paused: false,
  fenced: false,
  namesMachine: true,
  machine: machine(),
  ...change,
});

const foreign = machine({ claim: other, claimants: ['u-1', 'u-2'] });
const unowned = machine({ claim: undefined });

test.each<[string, Partial<Facts>, Decision]>([
  ['is new gets a machine', { namesMachine: false, machine: undefined }, 'make'],
  ['has a machine that was only begun goes on with it', { namesMachine: false, machine: machine({ ignited: false }) }, 'make'],
  ['has its machine tells how it is', {}, 'report'],
  ['names a machine that does not exist says so and makes none', { machine: undefined }, 'not-found'],
  [
    'names a machine of another cluster for the first time takes it over',
    { machine: machine({ claim: other, claimants: ['u-2'] }) },
    'claim',
  ],
  ['lost its machine does not take it back', { machine: foreign }, 'lost'],
  ['lost its machine takes it back when nobody has it', { machine: unowned }, 'claim'],
  ['is paused is left alone', { paused: true, machine: foreign }, 'leave'],
  ['is paused and deleted is left alone', { paused: true, deleting: true }, 'leave'],
  ['is fenced is left alone', { fenced: true }, 'leave'],
  ['is fenced and new gets no machine', { fenced: true, namesMachine: false, machine: undefined }, 'leave'],
  ['is deleted takes its machine with it', { deleting: true }, 'end'],
  ['is deleted and fenced leaves its machine to others', { deleting: true, fenced: true }, 'release'],
  ['is deleted after it lost its machine does not touch it', { deleting: true, machine: foreign }, 'let-go'],
  ['is deleted when nobody has its machine does not touch it', { deleting: true, machine: unowned }, 'let-go'],
  ['is deleted before it had a machine goes', { deleting: true, namesMachine: false, machine: undefined }, 'let-go'],
  [
    'has the uid of the owner in another cluster is not the owner',
    { deleting: true, machine: machine({ claim: { ...claimant, cluster: 'beta', epoch: 1 } }) },
    'let-go',
  ],
])('a LocalMachine that %s', (_title, change, decision) => {
  expect(decide(facts(change))).toBe(decision);
});

test('epochs count the owners, also when one comes back', () => {
  const first = claimed(machine({ claim: undefined, claimants: [] }), claimant);
  const second = claimed(first, other);
  const third = claimed({ ...second, claim: undefined }, claimant);
  expect([first.claim?.epoch, second.claim?.epoch, third.claim]).toEqual([1, 2, { ...claimant, epoch: 3 }]);
  expect(third.claimants).toEqual(['u-1', 'u-2', 'u-1']);
});
