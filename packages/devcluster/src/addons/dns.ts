import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NodeState } from '../sets/state.ts';
import { accessRules } from './access.ts';
import type { Manifest } from './apply.ts';

/** The service address of cluster DNS. */
export const CLUSTER_DNS = '10.96.0.10';

/** Whom CoreDNS says it is. */
export const DNS_USER = 'system:coredns';

/** Names outside of the cluster: hosts with their addresses, and zones with the addresses of their name servers. Answers of zones are not kept, so that a name that moves is followed at once. */
export type OutsideNames = { hosts: Readonly<Record<string, string>>; zones: Readonly<Record<string, string>> };

const forwarded = ([zone, server]: readonly [string, string]): string => `${zone}:53 {
  errors
  forward . ${server}
}
`;

/** Writes CoreDNS's configuration and returns its arguments. */
export const prepareCoreDns = (folder: string, cluster: string, node: NodeState, { hosts, zones }: OutsideNames): string[] => {
  const path = join(folder, 'Corefile');
  const lines = Object.entries(hosts).map(([name, address]) => `    ${address} ${name}`);
  writeFileSync(
    path,
    `.:53 {
  errors
  ready ${node.address}:8181
  hosts {
${lines.join('\n')}
    fallthrough
  }
  kubernetes cluster.local in-addr.arpa {
    kubeconfig ${join(folder, 'kubeconfigs/coredns')} ${cluster}
    pods insecure
    ttl 5
  }
  cache 5
  loadbalance
}
${Object.entries(zones).map(forwarded).join('')}`,
  );
  return [`-conf=${path}`];
};

/** The service through which pods find CoreDNS, which runs on the node itself, and what CoreDNS may read. */
export const dnsManifests = (node: Pick<NodeState, 'address'>): Manifest[] => {
  const ports = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53, protocol: 'TCP' },
  ];
  const service = { name: 'kube-dns', namespace: 'kube-system' };
  return [
    {
      path: '/api/v1/namespaces/kube-system/services/kube-dns',
      object: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { ...service, labels: { 'k8s-app': 'kube-dns' } },
        spec: { clusterIP: CLUSTER_DNS, ports },
      },
    },
    {
      path: '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/kube-dns',
      object: {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { ...service, labels: { 'kubernetes.io/service-name': 'kube-dns' } },
        addressType: 'IPv4',
        endpoints: [{ addresses: [node.address], conditions: { ready: true } }],
        ports,
      },
    },
    ...accessRules(DNS_USER, [
      { apiGroups: [''], resources: ['endpoints', 'services', 'pods', 'namespaces'], verbs: ['list', 'watch'] },
      { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
    ]),
  ];
};
