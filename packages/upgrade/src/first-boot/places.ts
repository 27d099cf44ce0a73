/** What an upgrade hands over to the first boot of the next release, below its `/` or, without the leading `/var`, below its stateroot. */
export const handedOver = {
  folder: '/var/opt/openshift',
  configuration: '/var/opt/openshift/cluster-configuration/manifest.json',
  manifests: '/var/opt/openshift/cluster-configuration/manifests',
  extraManifests: '/var/opt/openshift/extra-manifests',
  /** Keys and certificates by which clients go on trusting the cluster. */
  crypto: '/var/opt/openshift/kubeconfig-crypto',
  /** What the agent applies itself, once the cluster runs. */
  dataProtection: '/var/opt/OADP/dpa',
  storageLocations: '/var/opt/OADP/storage-locations',
  secrets: '/var/opt/OADP/secret',
} as const;

/** What a node of ours keeps its identity in, below its `/`. */
export const nodePlaces = {
  identity: '/etc/kubernetes/cluster.env',
  hardware: '/run/godwit/hardware.env',
  hostname: '/etc/hostname',
  cluster: '/var/lib/kubernetes',
  pki: '/var/lib/kubernetes/pki',
  kubelet: '/var/lib/kubelet',
  pullSecret: '/var/lib/kubelet/config.json',
  trustBundle: '/etc/pki/godwit/registry-ca.crt',
  chrony: '/etc/chrony.conf',
  sshKeys: '/etc/ssh',
  podAddresses: '/var/lib/cni/networks',
  etcd: '/var/lib/etcd',
  adminKubeconfig: '/var/lib/kubernetes/kubeconfigs/admin',
} as const;

/** What a seed says of itself inside its stateroot; there until the first boot has made another cluster of it. */
export const SEED_DATA = '/var/seed_data';

/** What the first boot leaves behind for people. */
export const IDENTITY_SUMMARY = '/var/lib/lca/identity-summary.json';
