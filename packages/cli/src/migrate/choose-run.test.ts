import type { MigMigration } from '@godwit/api';
import { expect, test } from 'vitest';
import { chooseRun } from './choose-run.ts';

type Part = { type?: 'stage' | 'cutover' | 'rollback'; state?: string; plan?: string };

const run = (name: string, { type = 'cutover', state, plan = 'shop' }: Part = {}): MigMigration => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { name, creationTimestamp: `2030-01-01T00:00:0${name.at(-1)}Z` },
  spec: { migPlanRef: { name: plan }, stage: type === 'stage', rollback: type === 'rollback' },
  status:
    state === undefined
      ? { phase: 'Started' }
      : {
          phase: 'Completed',
          conditions: [{ type: state, status: 'True', category: 'Advisory', lastTransitionTime: '2030-01-01T00:00:00Z' }],
        },
});

test.each<[string, MigMigration[], object]>([
  ['the first run is started', [], { do: 'start', name: 'shop-1' }],
  ['an unfinished run is resumed', [run('shop-1')], { do: 'resume', run: { metadata: { name: 'shop-1' } } }],
  ['after a failure the next one starts', [run('shop-1', { state: 'Failed' })], { do: 'start', name: 'shop-2' }],
  ['after a cancellation the next one starts', [run('shop-1', { state: 'Canceled' })], { do: 'start', name: 'shop-2' }],
  ['after a success nothing is left', [run('shop-1', { state: 'Succeeded' })], { do: 'nothing' }],
  ['after a success with warnings nothing is left', [run('shop-1', { state: 'SucceededWithWarnings' })], { do: 'nothing' }],
  ['a stage is no success', [run('shop-1', { state: 'Succeeded', type: 'stage' })], { do: 'start', name: 'shop-2' }],
  [
    'after a rollback it begins anew',
    [run('shop-1', { state: 'Succeeded' }), run('shop-2', { state: 'Succeeded', type: 'rollback' })],
    { do: 'start', name: 'shop-3' },
  ],
  [
    'a rollback that failed takes nothing back',
    [run('shop-1', { state: 'Succeeded' }), run('shop-2', { state: 'Failed', type: 'rollback' })],
    { do: 'nothing', run: { metadata: { name: 'shop-1' } } },
  ],
  ['runs of other plans do not count', [run('other-1', { plan: 'other' })], { do: 'start', name: 'shop-1' }],
])('%s', (_title, runs, expected) => {
  expect(chooseRun('shop', runs)).toMatchObject(expected);
});
