import { expect, test } from 'vitest';
import { areAllThere, notAdopted } from './unfreeze.ts';

const machine = (name: string, providerID: string, adopted: boolean) =>
  ({ metadata: { name }, spec: { providerID }, status: adopted ? { nodeRef: { name } } : {} }) as never;

const before = [
  { name: 'worker-1', uid: '1', machine: 'm-1', providerID: 'local:///1' },
  { name: 'by-hand', uid: '2' },
];

test('a machine that had its node before the move must be adopted again', () => {
  expect(notAdopted([machine('m-1', 'local:///1', false)], before)).toEqual(['m-1']);
  expect(notAdopted([machine('m-1', 'local:///1', true)], before)).toEqual([]);
});

test('a machine that never had a node does not hold the move up', () => {
  const machines = [machine('m-1', 'local:///1', true), machine('m-2', 'local:///2', false)];
  expect(notAdopted(machines, before)).toEqual([]);
  expect(areAllThere(machines, before)).toBe(true);
});

test('a machine of a moved node that is missing is missed; a node without machine is nobody’s', () => {
  expect(areAllThere([machine('m-2', 'local:///2', true)], before)).toBe(false);
});
