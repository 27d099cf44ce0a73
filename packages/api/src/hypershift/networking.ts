import { z } from 'zod';
import { checked, immutable, type Rule } from '../rules.ts';
import { fields, int32, wholeList } from '../schema.ts';

const cidr = () =>
  checked(z.string().min(1).max(43), {
    rule: 'isCIDR(self)',
    message: 'cidr must be a valid IPv4 or IPv6 CIDR notation (e.g., 192.168.1.0/24 or 2001:db8::/64)',
  });

const network = fields({ cidr: cidr().describe('Range of addresses, for instance 172.31.0.0/16. Required.') });

const clusterNetwork = fields({
  cidr: cidr().describe('Range of addresses of pods. Required.'),
  hostPrefix: int32().optional().describe('Length of the prefix that each node gets. Omitted: the network plugin decides.'),
});

const apiServer = fields({
  advertiseAddress: immutable(
    'advertiseAddress',
    checked(z.string().max(255), { rule: 'isIP(self)', message: 'advertiseAddress must be a valid IPv4 or IPv6 address' }),
  )
    .optional()
    .describe('Address on the loopback device of each node at which pods reach the API server. Omitted: 172.20.0.1, or fd00::1 with IPv6.'),
  port: immutable('port', z.int().min(1).max(65535).meta({ format: 'int32' }))
    .optional()
    .describe('Port of the API server on the nodes. Omitted: 6443.'),
  allowedCIDRBlocks: wholeList(cidr()).max(500).optional().describe('From where the API server may be reached. Omitted: from everywhere.'),
});

/** Ranges overlap when one contains the other; a range that is none is told of by its own rule. */
const overlap = (a: string, b: string) =>
  `isCIDR(${a}) && isCIDR(${b}) && (cidr(${a}).containsCIDR(${b}) || cidr(${b}).containsCIDR(${a}))`;

const listed = (list: string) => `(has(self.${list}) ? self.${list}.map(n, n.cidr) : [])`;

/** That no two ranges of lists that these expressions give overlap. */
export const noOverlap = (lists: readonly string[]): Rule => {
  const all = `(${lists.join(' + ')})`;
  return {
    rule: `${all}.all(a, ${all}.exists_one(b, !isCIDR(a) ? a == b : ${overlap('a', 'b')}))`,
    message: 'CIDR ranges in machineNetwork, clusterNetwork, and serviceNetwork must be unique and non-overlapping',
  };
};

/** That ranges for nodes are only given where no plugin gives them. */
export const nodeRangesByNobodyElse: Rule = {
  rule: "!has(self.allocateNodeCIDRs) || self.allocateNodeCIDRs != 'Enabled' || self.networkType == 'Other'",
  message: "allocateNodeCIDRs can only be set to Enabled when networkType is 'Other'",
};

/** The networks of a hosted cluster. */
export const networking = checked(
  fields({
    machineNetwork: immutable('machineNetwork', wholeList(network).max(2))
      .optional()
      .describe('Ranges of the machines. Omitted: not known.'),
    clusterNetwork: immutable('clusterNetwork', wholeList(clusterNetwork).min(1).max(2))
      .default([{ cidr: '10.132.0.0/14' }])
      .describe('Ranges of pods. Omitted: 10.132.0.0/14.'),
    serviceNetwork: immutable('serviceNetwork', wholeList(network).min(1).max(2))
      .default([{ cidr: '172.31.0.0/16' }])
      .describe('Ranges of Services. Omitted: 172.31.0.0/16.'),
    networkType: z
      .enum(['OpenShiftSDN', 'Calico', 'OVNKubernetes', 'Other'])
      .default('OVNKubernetes')
      .describe('Who makes the pod network; Other: somebody else. Omitted: OVNKubernetes.'),
    apiServer: apiServer.optional().describe('How nodes reach the API server.'),
    allocateNodeCIDRs: immutable('allocateNodeCIDRs', z.enum(['Enabled', 'Disabled']))
      .optional()
      .describe('Whether the controller manager gives each node a range of pod addresses. Omitted: Disabled.'),
  }),
  noOverlap(['machineNetwork', 'clusterNetwork', 'serviceNetwork'].map(listed)),
  nodeRangesByNobodyElse,
);

/** What networking is when nothing is said. */
export const NETWORKING = {
  clusterNetwork: [{ cidr: '10.132.0.0/14' }],
  serviceNetwork: [{ cidr: '172.31.0.0/16' }],
  networkType: 'OVNKubernetes' as const,
};
