import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY_NAME } from '../services/ports.ts';

/** The image that holds a pod's namespaces; it is imported before the kubelet starts, so it is never pulled. */
export const PAUSE_IMAGE = 'godwit.local/pause:1';

/** Where a node's containerd listens. */
export const containerdSocket = (folder: string): string => join(folder, 'containerd.sock');

/** Where a containerd keeps what it has, where it listens, and where it reads how pods and registries are reached. */
export type ContainerdPlaces = { root: string; state: string; socket: string; networks: string; registries: string };

/** Where the containerd of a cluster's node keeps all that: below the cluster's folder. */
export const placesBelow = (folder: string): ContainerdPlaces => ({
  root: join(folder, 'containerd/root'),
  state: join(folder, 'containerd/state'),
  socket: containerdSocket(folder),
  networks: join(folder, 'cni'),
  registries: join(folder, 'certs.d'),
});

const CRI = 'plugins."io.containerd.grpc.v1.cri"';

/** The configuration of a node's own containerd. */
export const containerdConfiguration = ({ root, state, socket, networks, registries }: ContainerdPlaces): string => `version = 2
root = "${root}"
state = "${state}"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs", "io.containerd.internal.v1.opt"]

[grpc]
address = "${socket}"

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
conf_dir = "${networks}"

[${CRI}.registry]
config_path = "${registries}"
`;

/**
 * The network of a node's pods. Point-to-point links rather than a bridge: all traffic between pods is routed by the node, so that service addresses
 * work between pods of one node without the br_netfilter module. With `masquerade` pods speak to the world under the node's address; without it
 * everybody they speak to needs a route to them.
 */
export const podNetwork = (addresses: string, podSubnet: string, masquerade: boolean) => ({
  cniVersion: '0.4.0',
  name: 'pods',
  plugins: [
    {
      type: 'ptp',
      ipMasq: masquerade,
      ipam: {
        type: 'host-local',
        dataDir: addresses,
        ranges: [[{ subnet: podSubnet }]],
        routes: [{ dst: '0.0.0.0/0' }],
      },
    },
    { type: 'portmap', capabilities: { portMappings: true } },
  ],
});

/** How containerd reaches the registry of the set: at its address, by whatever name an image calls it. */
export const registryHosts = (address: string, authorityPath: string): string => `server = "https://${address}"

[host."https://${address}"]
capabilities = ["pull", "resolve", "push"]
ca = "${authorityPath}"
`;

/** Writes what containerd reads at its start; returns the path of its configuration. */
export const writeContainerdFiles = (folder: string, podSubnet: string, registry: string, authorityPath: string): string => {
  const configuration = join(folder, 'containerd.toml');
  mkdirSync(join(folder, 'cni'), { recursive: true });
  writeFileSync(configuration, containerdConfiguration(placesBelow(folder)));
  writeFileSync(join(folder, 'cni/10-pods.conflist'), JSON.stringify(podNetwork(join(folder, 'cni/addresses'), podSubnet, true), null, 2));
  for (const name of [registry, REGISTRY_NAME]) {
    mkdirSync(join(folder, 'certs.d', name), { recursive: true });
    writeFileSync(join(folder, 'certs.d', name, 'hosts.toml'), registryHosts(registry, authorityPath));
  }
  return configuration;
};
