import { REGISTRY_NAME } from '@godwit/devcluster';
import { type OperatorProcess, operatorProcess } from '../../faults/operator.ts';
import type { HostedSet, Side } from './hosted-set.ts';

/** What each management cluster is called in the ownership records of DNS, and where its operator serves Ignition. */
const PLACES = { alpha: { name: 'mgmt-1', ignitionPort: 22623 }, beta: { name: 'mgmt-2', ignitionPort: 22624 } } as const;

/** The name of a management cluster in DNS ownership records. */
export const ownerName = (side: Side): string => PLACES[side].name;

/** The flags of the operator of one management cluster; it runs on this host, beside the clusters. */
export const operatorFlags = ({ dns, registry }: HostedSet, side: Side): string[] => [
  `--management-cluster=${ownerName(side)}`,
  `--ignition-address=${dns.server}:${PLACES[side].ignitionPort}`,
  '--external-dns-provider=rfc2136',
  `--external-dns-credentials=${dns.keyFile}`,
  `--external-dns-domain-filter=${dns.zone}`,
  `--external-dns-server=${dns.server}:53`,
  `--registry-overrides=${REGISTRY_NAME}=${registry}`,
];

/** Prepares the operator of a management cluster; `kubeconfig` leads to it by another way than the set's, for instance through a proxy. */
export const hostedOperator = (set: HostedSet, side: Side, log: string, kubeconfig = set.kubeconfig): OperatorProcess =>
  operatorProcess(kubeconfig, side, log, operatorFlags(set, side));
