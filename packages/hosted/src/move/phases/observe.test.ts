import { expect, test } from 'vitest';
import { observeCluster, quietSeconds } from './observe.ts';

const at = (second: number): Date => new Date(Date.UTC(2030, 0, 1, 10, 0, second));

test('a fault begins the time of watching anew', () => {
  const known = new Map<string, unknown>();
  const quiet = (second: number, fault?: string) =>
    quietSeconds(known, 'move', { now: at(second), ...(fault === undefined ? {} : { fault }) });
  expect([quiet(0), quiet(20), quiet(25, 'no answer'), quiet(26), quiet(36)]).toEqual([0, 20, 0, 0, 10]);
});

test('what is said of the watching changes with every look, not with every second', () => {
  const said = (quiet: number) => observeCluster.decide({ seen: '1 nodes', soak: 60, quiet, now: at(0) }, {} as never).said;
  expect(said(10)).toEqual(said(14));
  expect(said(15)).not.toEqual(said(14));
  expect(observeCluster.decide({ seen: '1 nodes', soak: 60, quiet: 60, now: at(0) }, {} as never).outcome).toBe('advance');
});
