/** A Debian package and a file that tells whether what it brings is there already, from whatever source. */
export type DebianPackage = { name: string; brings: string };

/** The Debian packages that clusters, images, tests and benchmarks use; the only place where they are listed. */
export const DEBIAN_PACKAGES: readonly DebianPackage[] = [
  { name: 'containerd', brings: 'containerd' },
  { name: 'runc', brings: 'runc' },
  { name: 'containernetworking-plugins', brings: '/usr/lib/cni/ptp' },
  { name: 'iptables', brings: 'iptables' },
  { name: 'iproute2', brings: 'ip' },
  { name: 'conntrack', brings: 'conntrack' },
  { name: 'ethtool', brings: 'ethtool' },
  { name: 'socat', brings: 'socat' },
  { name: 'ipset', brings: 'ipset' },
  { name: 'e2fsprogs', brings: 'mkfs.ext4' },
  { name: 'mount', brings: 'losetup' },
  { name: 'util-linux', brings: 'nsenter' },
  { name: 'skopeo', brings: 'skopeo' },
  { name: 'docker-registry', brings: 'docker-registry' },
  { name: 'mmdebstrap', brings: 'mmdebstrap' },
  { name: 'rsync', brings: 'rsync' },
  { name: 'stunnel4', brings: 'stunnel' },
  { name: 'openssh-server', brings: 'sshd' },
  { name: 'openssh-client', brings: 'ssh' },
];

/** What hosted control planes use beside it. */
export const HOSTED_DEBIAN_PACKAGES: readonly DebianPackage[] = [
  { name: 'bind9', brings: 'named' },
  { name: 'bind9-dnsutils', brings: 'nsupdate' },
];

/** What nodes in ostree deployments use beside it. */
export const UPGRADE_DEBIAN_PACKAGES: readonly DebianPackage[] = [
  { name: 'ostree', brings: 'ostree' },
  { name: 'jq', brings: 'jq' },
];
