import type { ClusterConfiguration } from './cluster-configuration.ts';

const LINE = /^\s*([A-Z_]\w*)=(.*)$/;

/** Variables of a file of NAME=value lines. */
export const variablesOf = (text: string): Record<string, string> =>
  Object.fromEntries(text.split('\n').flatMap((line) => (LINE.exec(line) ? [[RegExp.$1, RegExp.$2.trim()]] : [])));

/** The text of the file in which a node keeps who its cluster is. `address` is that of this machine, where the document names none. */
export const identityText = (configuration: ClusterConfiguration, address: string | undefined): string => {
  const { cluster_name, base_domain, cluster_id, hostname, node_ip, node_ips } = configuration;
  const ip = node_ip ?? node_ips?.[0] ?? address;
  if (ip === undefined) throw new Error('Nothing says which address the node has: the configuration of the cluster names no node_ip');
  const values = { CLUSTER_NAME: cluster_name, BASE_DOMAIN: base_domain, CLUSTER_ID: cluster_id, NODE_NAME: hostname, NODE_IP: ip };
  return `${Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
};

/** The names and the address of a node that an identity, or what a seed says of itself, tells. */
export const namesOf = (
  identity: Readonly<Record<string, string>>,
  seed: { sno_hostname?: string; node_ip?: string; node_ips?: string[] } = {},
): string[] =>
  [...new Set([identity.NODE_NAME, identity.NODE_IP, seed.sno_hostname, seed.node_ip, ...(seed.node_ips ?? [])])].filter(
    (name) => name !== undefined && name !== '',
  ) as string[];
