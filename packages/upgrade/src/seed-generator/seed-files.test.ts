import { expect, test } from 'vitest';
import type { Deployment } from '../host/driver.ts';
import { bootedInSeed } from '../seed/contents.ts';
import { etcOfSeed, kernelArgumentsOfSeed, originName, statusOfSeed } from './seed-files.ts';

const COMMIT = 'ed4ab'.padEnd(64, '0');

const deployment = (stateroot: string, index: number, booted: boolean): Deployment => ({
  index,
  stateroot,
  checksum: COMMIT,
  serial: 1,
  booted,
});

test('what was changed in /etc goes along, what was deleted is listed, and what speaks of one machine stays', () => {
  const etc = etcOfSeed([
    { change: 'M', path: 'machine-id' },
    { change: 'A', path: 'hostname' },
    { change: 'A', path: 'kubernetes/cluster.env' },
    { change: 'A', path: 'NetworkManager/system-connections/eth0.nmconnection' },
    { change: 'A', path: 'NetworkManager/system-connections-of-all' },
    { change: 'A', path: 'ssh/ssh_host_ed25519_key' },
    { change: 'A', path: 'ssh/ssh_host_ed25519_key.pub' },
    { change: 'M', path: 'ssh/ssh_host_rsa_key' },
    { change: 'D', path: 'ssh/ssh_host_ecdsa_key' },
    { change: 'M', path: 'ssh/sshd_config' },
    { change: 'D', path: 'motd' },
    { change: 'D', path: 'cni/multus/net.d' },
  ]);
  expect(etc).toEqual({
    files: ['etc/kubernetes/cluster.env', 'etc/NetworkManager/system-connections-of-all', 'etc/ssh/sshd_config'],
    deletions: ['/etc/motd'],
  });
});

test.each([
  [['rw', 'ibu=4.21.0', 'ostree=/ostree/boot.1/x/0'], ['rw']],
  [['cgroup_no_v1="all"', 'ostree=x'], ['cgroup_no_v1="all"']],
  [
    ['xostree=1', 'ibus=2'],
    ['xostree=1', 'ibus=2'],
  ],
])('of the kernel arguments %j the seed keeps %j', (options, kept) => {
  expect(kernelArgumentsOfSeed(options)).toEqual(kept);
});

test('the deployment that is booted is found again, also second in the list and in a system with dashes in its name', () => {
  const text = statusOfSeed([deployment('rhcos', 0, false), deployment('rhcos-4.21.0-rc.1', 1, true)]);
  expect(bootedInSeed(text)).toMatchObject({ checksum: COMMIT, serial: 1 });
  expect(originName(deployment('rhcos-4.21.0-rc.1', 1, true))).toBe(`ostree-${COMMIT}.1.origin`);
});
