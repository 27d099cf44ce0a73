import { run } from '../processes/run.ts';
import type { NodeState } from '../sets/state.ts';
import { bridgeAlias, bridgeName, hostAddress } from './names.ts';

const batch = async (lines: readonly string[], namespace?: string): Promise<void> => {
  await run(['ip', ...(namespace ? ['-n', namespace] : []), '-batch', '-'], { input: `${lines.join('\n')}\n` });
};

/** Makes the bridge that joins the nodes of a set with each other and with the host. */
export const createBridge = (set: string, subnet: number): Promise<void> => {
  const bridge = bridgeName(subnet);
  return batch([
    `link add ${bridge} type bridge`,
    `link set ${bridge} alias "${bridgeAlias(set)}"`,
    `address add ${hostAddress(subnet)}/16 dev ${bridge}`,
    `link set ${bridge} up`,
  ]);
};

/** Makes a node's network namespace with its address on the set's bridge; the host gets a route to its pods. */
export const createNodeNetwork = async (node: NodeState, subnet: number, position: number): Promise<void> => {
  const { networkNamespace: namespace, address, podSubnet } = node;
  const bridge = bridgeName(subnet);
  await run(['ip', 'netns', 'add', namespace]);
  await batch([
    `link add ${bridge}-${position} type veth peer name eth0 netns ${namespace}`,
    `link set ${bridge}-${position} master ${bridge} up`,
    `route add ${podSubnet} via ${address} dev ${bridge}`,
  ]);
  await batch(
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
