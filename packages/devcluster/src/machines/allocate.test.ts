import { expect, test } from 'vitest';
import { freeIndex, freePodSubnet, machineIdFor } from './allocate.ts';
import { machineOfProviderId, machineScope, providerIdOf } from './names.ts';
import { nodeEnvironment } from './root.ts';

test('the lowest free place and the first free pod subnet are taken', () => {
  expect([freeIndex([]), freeIndex([1, 2, 4]), freeIndex(Array.from({ length: 250 }, (_, index) => index + 1))]).toEqual([1, 3, undefined]);
  expect(freePodSubnet(['10.132.0.0/24'], ['10.132.1.0/24', '10.200.0.0/16'])).toBe('10.132.2.0/24');
  const most = Array.from({ length: 256 }, (_, index) => `10.132.${index}.0/24`);
  expect(freePodSubnet(most, [])).toBe('10.133.0.0/24');
});

test('a machine is named after its object, and told apart when the name is taken', () => {
  expect(machineIdFor('w-1', 'abcdef-1', [])).toBe('w-1');
  expect(machineIdFor('w-1', 'abcdef-1', ['w-1'])).toBe('w-1-abcde');
});

test.each([
  ['local:///dev/w-1.x', 'w-1.x'],
  ['local:///other/w-1', undefined],
  ['local:///dev/', undefined],
  ['local:///dev/../x', undefined],
  ['aws:///eu/i-1', undefined],
])('the provider id %s names the machine %s of set dev', (providerId, id) => {
  expect(machineOfProviderId('dev', providerId)).toBe(id);
});

test('a provider id leads back to its machine', () => {
  expect(machineOfProviderId('dev', providerIdOf('dev', 'w-1'))).toBe('w-1');
});

test('units learn from their environment which machine they run on', () => {
  const machine = { id: 'w-1', address: '10.200.200.1', podSubnet: '10.132.0.0/24', cgroup: machineScope('dev', 1) };
  expect(nodeEnvironment({ machine, providerId: 'local:///dev/w-1' }).split('\n')).toEqual([
    'NODE_NAME=w-1',
    'NODE_IP=10.200.200.1',
    'PROVIDER_ID=local:///dev/w-1',
    'CGROUP_ROOT=/gw.dev.machine-1',
    'CONTAINER_RUNTIME_ENDPOINT=unix:///run/containerd/containerd.sock',
    'POD_SUBNET=10.132.0.0/24',
    '',
  ]);
});
