import { run } from '../processes/run.ts';
import type { NodeState } from '../sets/state.ts';
import { bridgeAlias, bridgeName, hostAddress } from './names.ts';

/** What a network namespace of a set needs to be known by: its name, its address on the bridge and the addresses of its pods. */
export type NetworkPlace = Pick<NodeState, 'networkNamespace' | 'address' | 'podSubnet'>;

/** Runs lines of `ip -batch`, in a network namespace or on the host. */
export const ipBatch = async (lines: readonly string[], namespace?: string): Promise<void> => {
  await run(['ip', ...(namespace ? ['-n', namespace] : []), '-batch', '-'], { input: `${lines.join('\n')}\n` });
};

/** Makes the bridge that joins the nodes of a set with each other and with the host. */
export const createBridge = (set: string, subnet: number): Promise<void> => {
  const bridge = bridgeName(subnet);
  return ipBatch([
    `link add ${bridge} type bridge`,
    `link set ${bridge} alias "${bridgeAlias(set)}"`,
    `address add ${hostAddress(subnet)}/16 dev ${bridge}`,
    `link set ${bridge} up`,
  ]);
};

/** A hardware address that follows from an IP address, so that neighbours who remember the former owner of the IP address are still right. */
const hardwareAddress = (address: string): string =>
  `02:00:${address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join(':')}`;

/** A place whose pods may have no addresses that others could use. */
type Unrouted<T extends { podSubnet: string }> = Omit<T, 'podSubnet'> & { podSubnet?: string };

/** Makes a network namespace with its address on the set's bridge; the host gets a route to its pods, when they have addresses to be routed. `position` is unique in the set and short: it ends up in the name of a link. */
export const createNodeNetwork = async (place: Unrouted<NetworkPlace>, subnet: number, position: number | string): Promise<void> => {
  const { networkNamespace: namespace, address, podSubnet } = place;
  const bridge = bridgeName(subnet);
  await run(['ip', 'netns', 'add', namespace]);
  await ipBatch([
    `link add ${bridge}-${position} type veth peer name eth0 address ${hardwareAddress(address)} netns ${namespace}`,
    `link set ${bridge}-${position} master ${bridge} up`,
    ...(podSubnet === undefined ? [] : [`route replace ${podSubnet} via ${address} dev ${bridge}`]),
  ]);
  await ipBatch(
    ['link set lo up', `address add ${address}/16 dev eth0`, 'link set eth0 up', `route add default via ${hostAddress(subnet)}`],
    namespace,
  );
  await run([
    'nsenter',
    `--net=/run/netns/${namespace}`,
    '/bin/sh',
    '-c',
    'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter',
  ]);
};
