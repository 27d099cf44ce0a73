import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The image that holds a pod's namespaces; it is imported before the kubelet starts, so it is never pulled. */
export const PAUSE_IMAGE = 'godwit.local/pause:1';

/** Where a node's containerd listens. */
export const containerdSocket = (folder: string): string => join(folder, 'containerd.sock');

const CRI = 'plugins."io.containerd.grpc.v1.cri"';

/** The configuration of a node's own containerd, with everything below the cluster's folder. */
export const containerdConfiguration = (folder: string): string => `version = 2
root = "${join(folder, 'containerd/root')}"
state = "${join(folder, 'containerd/state')}"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt"]

[grpc]
address = "${containerdSocket(folder)}"

[${CRI}]
sandbox_image = "${PAUSE_IMAGE}"
restrict_oom_score_adj = true
stream_server_address = "127.0.0.1"

[${CRI}.containerd]
snapshotter = "overlayfs"
default_runtime_name = "runc"

[${CRI}.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[${CRI}.containerd.runtimes.runc.options]
SystemdCgroup = false

[${CRI}.cni]
bin_dir = "/usr/lib/cni"
conf_dir = "${join(folder, 'cni')}"

[${CRI}.registry]
config_path = "${join(folder, 'certs.d')}"
`;

/**
 * The network of a node's pods. Point-to-point links rather than a bridge: all traffic between pods is routed by the node, so that service addresses
 * work between pods of one node without the br_netfilter module.
 */
export const podNetwork = (folder: string, podSubnet: string) => ({
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'ptp',
      ipMasq: true,
      ipam: {
        type: 'host-local',
        dataDir: join(folder, 'cni/addresses'),
        ranges: [[{ subnet: podSubnet }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
});

/** How containerd reaches the registry of the set. */
export const registryHosts = (registry: string, authorityPath: string): string => `server = "https://${registry}"

[host."https://${registry}"]
capabilities = ["pull", "resolve", "push"]
ca = "${authorityPath}"
`;

/** Writes what containerd reads at its start; returns the path of its configuration. */
export const writeContainerdFiles = (folder: string, podSubnet: string, registry: string, authorityPath: string): string => {
  const configuration = join(folder, 'containerd.toml');
  const certificates = join(folder, 'certs.d', registry);
  for (const each of [certificates, join(folder, 'cni')]) mkdirSync(each, { recursive: true });
  writeFileSync(configuration, containerdConfiguration(folder));
  writeFileSync(join(folder, 'cni/10-pods.conflist'), JSON.stringify(podNetwork(folder, podSubnet), null, 2));
  writeFileSync(join(certificates, 'hosts.toml'), registryHosts(registry, authorityPath));
  return configuration;
};
