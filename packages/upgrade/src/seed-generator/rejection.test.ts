import { expect, test } from 'vitest';
import { rejectionOf, type SeedFitness } from './rejection.ts';

/** A node of ours, where nothing of OpenShift is served. */
const fit: SeedFitness = {
  canSetDefault: true,
  containerStorage: '/var/mnt/data/containers',
  attachedToHub: false,
  hubAddons: [],
  hasDnsmasq: undefined,
  pullSecretSanitized: false,
  persistentVolumes: 0,
  localVolumes: undefined,
  lvmClusters: undefined,
  dataProtectionApplications: undefined,
  oadpVersion: undefined,
};

test.each<[string, Partial<SeedFitness>, string | undefined]>([
  ['a cluster without anything of OpenShift may become a seed', {}, undefined],
  ['a host that is only a folder may, too: what is mounted there is nobody’s', { containerStorage: undefined }, undefined],
  [
    'a host that boots nothing else may not',
    { canSetDefault: false },
    'Rejected: Installed release does not support "ostree admin set-default" feature',
  ],
  [
    'images must be shared by both releases',
    { containerStorage: '' },
    'Rejected: Cluster must be configured with shared container storage',
  ],
  ['a hub must have let go', { attachedToHub: true }, 'Rejected: Cluster must be detached from hub prior to seed generation'],
  [
    'its add-ons must be gone',
    { hubAddons: ['open-cluster-management-agent-addon', 'policies'] },
    'Rejected due to presence of ACM addon(s): open-cluster-management-agent-addon, policies',
  ],
  ['OpenShift needs its DNS prepared', { hasDnsmasq: false }, 'Rejected due to system missing dnsmasq config required for IBU'],
  [
    'credentials must have come back after an earlier seed',
    { pullSecretSanitized: true },
    'Rejected due to invalid cluster pull-secret (previously sanitized without proper restore)',
  ],
  ['volumes are of one cluster', { persistentVolumes: 1 }, 'Rejected: Cluster must not have any Persistent Volumes configured'],
  ['so are local ones', { localVolumes: 2 }, 'Rejected: Cluster must not have any LocalVolumes configured'],
  ['and groups of volumes', { lvmClusters: 1 }, 'Rejected: Cluster must not have any LVMClusters configured'],
  [
    'settings of backups hold somebody’s secrets',
    { dataProtectionApplications: 1 },
    'Rejected: Cluster must not have any DataProtectionApplication resources configured',
  ],
  ['an OADP that is too old is refused', { oadpVersion: '1.3.0' }, 'Rejected: Cluster must have OADP version >= 1.3.1'],
  ['the oldest that works is not', { oadpVersion: '1.3.1' }, undefined],
  [
    'the first reason is told',
    { persistentVolumes: 1, attachedToHub: true },
    'Rejected: Cluster must be detached from hub prior to seed generation',
  ],
])('%s', (_title, facts, text) => {
  expect(rejectionOf({ ...fit, ...facts })).toBe(text);
});
