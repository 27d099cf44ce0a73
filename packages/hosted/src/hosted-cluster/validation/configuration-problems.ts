import type { HostedCluster } from '@godwit/api';
import { type Home, homeProblems } from './home.ts';
import { advertiseAddressProblems, mixedFamilies, overlappingBlocks, unreadableBlocks } from './networks.ts';
import { nodePortRange } from './node-port-range.ts';
import { nodePortsInServiceNetwork, nodePortsOutOfRange, sharedHostNames, wantsNodePorts } from './services.ts';

/** What is judged: the spec, and what the management cluster says. */
export type ValidationFacts = {
  spec: HostedCluster['spec'];
  /** The management cluster's own range of node ports, as text; undefined when it names none. */
  nodePortRange: string | undefined;
  servesRoutes: boolean;
  /** True for every platform but Agent. */
  agentNamespaceExists: boolean;
  /** Where the control plane is to live. */
  home: Home;
};

type Check = (facts: ValidationFacts) => readonly string[];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const clusterId: Check = ({ spec: { clusterID } }) =>
  !clusterID || UUID.test(clusterID) ? [] : [`spec.clusterID: "${clusterID}" is no UUID; leave it out to get one`];

const nodePorts: Check = ({ spec: { services }, nodePortRange: text }) => {
  if (!wantsNodePorts(services)) return [];
  const range = nodePortRange(text);
  return range === undefined
    ? [`the management cluster gives "${text}" as its range of node ports; write two numbers, for instance 30000-32767`]
    : nodePortsOutOfRange(services, range);
};

const routes: Check = ({ spec: { services }, servesRoutes }) =>
  services
    .filter(({ servicePublishingStrategy: { type } }) => type === 'Route' && !servesRoutes)
    .map(
      ({ service }) =>
        `service ${service} is published by a Route, but this management cluster serves no route.openshift.io; publish it by LoadBalancer or NodePort`,
    );

const agents: Check = ({ spec: { platform }, agentNamespaceExists }) =>
  agentNamespaceExists
    ? []
    : [
        `spec.platform.agent.agentNamespace: namespace ${platform.agent?.agentNamespace} does not exist; create it, or name the one that holds the agents`,
      ];

const CHECKS: readonly Check[] = [
  ({ home }) => homeProblems(home),
  clusterId,
  ({ spec }) => unreadableBlocks(spec.networking),
  ({ spec }) => overlappingBlocks(spec.networking),
  ({ spec }) => mixedFamilies(spec.networking),
  ({ spec }) => advertiseAddressProblems(spec.networking),
  ({ spec }) => sharedHostNames(spec.services),
  ({ spec }) => nodePortsInServiceNetwork(spec),
  nodePorts,
  routes,
  agents,
];

/** Everything that is wrong with the configuration of a hosted cluster, in sentences; empty: nothing. Pure. */
export const configurationProblems = (facts: ValidationFacts): string[] => CHECKS.flatMap((check) => check(facts));
