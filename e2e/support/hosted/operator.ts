import { REGISTRY_NAME } from '@godwit/devcluster';
import { type OperatorProcess, operatorProcess } from '../../faults/operator.ts';
import type { HostedSet, Side } from './hosted-set.ts';

/** What each management cluster is called in the ownership records of DNS. */
const NAMES = { alpha: 'mgmt-1', beta: 'mgmt-2' } as const;

const FIRST_PORT = 23_000;

/** Where an operator serves Ignition; it listens on all addresses of this host, so that each set needs ports of its own. */
const ignitionPort = ({ dns }: HostedSet, side: Side): number =>
  FIRST_PORT + 2 * Number(dns.server.split('.')[1]) + (side === 'alpha' ? 0 : 1);

/** The flags of the operator of one management cluster; it runs on this host, beside the clusters. */
export const operatorFlags = (set: HostedSet, side: Side): string[] => [
  `--management-cluster=${NAMES[side]}`,
  `--ignition-address=${set.dns.server}:${ignitionPort(set, side)}`,
  '--external-dns-provider=rfc2136',
  `--external-dns-credentials=${set.dns.keyFile}`,
  `--external-dns-domain-filter=${set.dns.zone}`,
  `--external-dns-server=${set.dns.server}:53`,
  `--registry-overrides=${REGISTRY_NAME}=${set.registry}`,
];

/** Prepares the operator of a management cluster; `kubeconfig` leads to it by another way than the set's, for instance through a proxy. */
export const hostedOperator = (set: HostedSet, side: Side, log: string, kubeconfig = set.kubeconfig): OperatorProcess =>
  operatorProcess(kubeconfig, side, log, operatorFlags(set, side));
