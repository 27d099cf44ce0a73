import { DOCUMENTATION, type ImageRecipe } from '../../images/catalogue.ts';

/** The operating system of every release: Debian without systemd as first process, with ostree and what containers need. */
export const BASE: ImageRecipe = {
  name: 'ostree-base',
  packages: [
    ...['ca-certificates', 'curl', 'e2fsprogs', 'jq', 'kmod', 'mount', 'openssl', 'procps', 'tar', 'util-linux', 'xz-utils', 'zstd'],
    ...['containerd', 'containernetworking-plugins', 'runc', 'skopeo'],
    ...['conntrack', 'ethtool', 'iproute2', 'ipset', 'iptables', 'socat'],
    // The bindings change the order of deployments, for which this ostree has no command.
    ...['ostree', 'gir1.2-ostree-1.0', 'python3-gi'],
    ...['systemd-standalone-sysusers', 'systemd-standalone-tmpfiles'],
  ],
  exclude: DOCUMENTATION,
  // A node starts only what its releases bring, so Debian's units go.
  remove: [
    'etc/systemd',
    'usr/lib/systemd/system',
    'var/cache/*',
    'var/log/*',
    'etc/resolv.conf',
    'etc/hostname',
    'etc/hosts',
    'etc/apt/sources.list',
  ],
  prepare: [],
};
