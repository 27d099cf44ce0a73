import type { MachineDeployment, NodePool } from '@godwit/api';
import { expect, test } from 'vitest';
import { health, isUpdatingConfig, isUpdatingVersion, rolledOut, updating } from './progress.ts';

const pool = (config: string | undefined, version: string | undefined) =>
  ({
    metadata: { name: 'workers', annotations: config === undefined ? {} : { 'hypershift.openshift.io/nodePoolCurrentConfig': config } },
    status: version === undefined ? {} : { version },
  }) as unknown as NodePool;
const target = { config: 'same', hash: 'h', version: '4.21.0' };

test.each([
  ['the same configuration', pool('same', '4.21.0'), false, false],
  ['another configuration', pool('other', '4.21.0'), true, false],
  ['another version', pool('same', '4.20.0'), false, true],
  ['no nodes yet', pool(undefined, undefined), false, false],
])('a pool with %s is updating its configuration: %s, its version: %s (T46)', (_title, found, config, version) => {
  expect([isUpdatingConfig(found, target), isUpdatingVersion(found, target)]).toEqual([config, version]);
});

test('an update names what it goes to, and a pool at rest says nothing (T46)', () => {
  expect(updating(pool('other', '4.20.0'), target)).toEqual([
    { type: 'UpdatingConfig', status: 'True', reason: 'AsExpected', message: 'Updating config in progress. Target config: same' },
    { type: 'UpdatingVersion', status: 'True', reason: 'AsExpected', message: 'Updating version in progress. Target version: 4.21.0' },
  ]);
  expect(updating(pool('same', '4.21.0'), target).map(({ status }) => status)).toEqual(['False', 'False']);
});

const deployment = (status: MachineDeployment['status'], dataSecretName = 'user-data-workers-h') =>
  ({
    metadata: { generation: 2 },
    spec: { replicas: 2, template: { spec: { bootstrap: { dataSecretName } } } },
    status,
  }) as MachineDeployment;
const done = { observedGeneration: 2, replicas: 2, upToDateReplicas: 2, availableReplicas: 2 };

test.each([
  ['all machines are new and available', deployment(done), true],
  ['a machine of the old kind is still there', deployment({ ...done, replicas: 3 }), false],
  ['a new machine is not available', deployment({ ...done, availableReplicas: 1 }), false],
  ['Cluster API has not seen the change', deployment({ ...done, observedGeneration: 1 }), false],
  ['the change is not yet written', deployment(done, 'user-data-workers-old'), false],
  ['there is no deployment', undefined, false],
])('a rollout where %s is done: %s', (_title, found, expected) => {
  expect(rolledOut(found, 'user-data-workers-h')).toBe(expected);
});

test('a machine that is not ready is named with its reason', () => {
  const machine = {
    metadata: { name: 'workers-x' },
    status: { conditions: [{ type: 'NodeReady', status: 'False', reason: 'NodeNotReady' }] },
  };
  expect(health(1, 0, [machine as never]).map(({ type, status, message }) => [type, status, message])).toEqual([
    ['AllMachinesReady', 'False', '1 of 1 machines are not ready: Machine workers-x: nothing is known of it yet'],
    ['AllNodesHealthy', 'False', '1 of 1 machines are not ready: Machine workers-x: NodeNotReady'],
    ['Ready', 'False', '0 of 1 nodes are available'],
  ]);
});
