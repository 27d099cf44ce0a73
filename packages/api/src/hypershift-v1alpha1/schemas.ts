import { z } from 'zod';
import { ETCD, earlierEtcd } from '../hypershift/etcd.ts';
import { NETWORKING, networking, nodeRangesByNobodyElse, noOverlap } from '../hypershift/networking.ts';
import type { EarlierVersion } from '../kind.ts';
import { checked, immutable, rulesOf } from '../rules.ts';
import { fields, int32, openFields } from '../schema.ts';

type Spec = z.ZodObject<z.ZodRawShape, z.core.$strip>;

/** Everything else that v1beta1 says and asks for holds in v1alpha1 too, since requests are only held against their own version. */
const earlier = (kind: string, specSchema: z.ZodType, statusSchema: z.ZodType): EarlierVersion => ({
  version: 'v1alpha1',
  deprecationWarning: `v1alpha1 is a deprecated version for ${kind}`,
  specSchema,
  statusSchema,
});

const range = (name: string, list: string) =>
  immutable(name, z.string().max(43)).optional().describe(`First range of ${list}. Deprecated: ${list}.`);

const ranges = {
  machineCIDR: range('machineCIDR', 'machineNetwork'),
  podCIDR: range('podCIDR', 'clusterNetwork'),
  serviceCIDR: range('serviceCIDR', 'serviceNetwork'),
};

/** The ranges of a list, of which the old field is the first one when it says something. */
const effective = (old: string, list: string) =>
  `(has(self.${old}) && self.${old} != '' ? [self.${old}] + (has(self.${list}) && size(self.${list}) > 1 ? [self.${list}[1].cidr] : []) : (has(self.${list}) ? self.${list}.map(n, n.cidr) : []))`;

const stays = (old: string, list: string) => ({
  rule: `!has(oldSelf.${list}) || has(self.${list}) || has(self.${old})`,
  message: `${list} is immutable`,
});

const { clusterNetwork, serviceNetwork } = networking.shape;

/** Lists have no defaults here: those would stand beside what the old fields say. */
const earlierNetworking = checked(
  fields({
    ...networking.shape,
    ...ranges,
    clusterNetwork: clusterNetwork.unwrap().optional().describe('Ranges of pods. Omitted: podCIDR.'),
    serviceNetwork: serviceNetwork.unwrap().optional().describe('Ranges of Services. Omitted: serviceCIDR.'),
  }),
  noOverlap([
    effective('machineCIDR', 'machineNetwork'),
    effective('podCIDR', 'clusterNetwork'),
    effective('serviceCIDR', 'serviceNetwork'),
  ]),
  nodeRangesByNobodyElse,
  stays('podCIDR', 'clusterNetwork'),
  stays('serviceCIDR', 'serviceNetwork'),
);

const etcd = earlierEtcd.default(ETCD).describe('Where the objects of the cluster are kept. Omitted: our etcd on 8Gi.');

/** HostedCluster as v1alpha1 has it: single ranges, raw configuration, and a snapshot for every member. */
export const earlierHostedCluster = (spec: Spec, status: z.ZodType): EarlierVersion => {
  const old = {
    etcd,
    networking: earlierNetworking.default(NETWORKING).describe('Networks. Omitted: pods 10.132.0.0/14, Services 172.31.0.0/16.'),
  };
  return earlier('HostedCluster', checked(fields({ ...spec.shape, ...old }), ...rulesOf(spec)), status);
};

/** HostedControlPlane as v1alpha1 has it: networks on the top. Nobody but operators writes it, so what is not listed is kept. */
export const earlierHostedControlPlane = (spec: Spec, status: z.ZodType): EarlierVersion => {
  const old = { etcd, ...ranges, networking: earlierNetworking.optional().describe('Networks. Omitted: those on the top.') };
  return earlier('HostedControlPlane', checked(openFields({ ...spec.shape, ...old }), ...rulesOf(spec)), status);
};

/** NodePool as v1alpha1 has it: with a node count, and two architectures. */
export const earlierNodePool = (spec: Spec, status: z.ZodType): EarlierVersion => {
  const old = {
    nodeCount: int32().optional().describe('How many nodes, where replicas says nothing. Deprecated: replicas.'),
    arch: immutable('Arch', z.enum(['arm64', 'amd64']))
      .default('amd64')
      .describe('Architecture of the nodes. Omitted: amd64.'),
  };
  return earlier('NodePool', checked(fields({ ...spec.shape, ...old }), ...rulesOf(spec)), status);
};
