import type { HostedCluster, NodePool } from '@godwit/api';

type Changes<Spec> = { name?: string; namespace?: string; annotations?: Record<string, string> } & Partial<Spec>;

const services = (domain: string): HostedCluster['spec']['services'] =>
  (['APIServer', 'OAuthServer', 'Konnectivity', 'Ignition'] as const).map((service) => ({
    service,
    servicePublishingStrategy: { type: 'LoadBalancer', loadBalancer: { hostname: `${service.toLowerCase()}.${domain}` } },
  }));

/** A hosted cluster on platform None with host names of its own, as a user writes it: defaults are left to the API server. `changes` go over its spec. */
export const aHostedCluster = ({
  name = 'demo',
  namespace = 'clusters',
  annotations,
  ...changes
}: Changes<HostedCluster['spec']> = {}): HostedCluster => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'HostedCluster',
  metadata: { namespace, name, ...(annotations === undefined ? {} : { annotations }) },
  spec: {
    release: { image: 'registry.example/release:4.21.0' },
    pullSecret: { name: `${name}-pull-secret` },
    platform: { type: 'None' },
    dns: { baseDomain: 'example.test' },
    services: services(`${name}.example.test`),
    ...changes,
  } as HostedCluster['spec'],
});

/** A pool of no nodes of hosted cluster `demo`, on platform None, as a user writes it. `changes` go over its spec. */
export const aNodePool = ({
  name = 'demo',
  namespace = 'clusters',
  annotations,
  ...changes
}: Changes<NodePool['spec']> = {}): NodePool => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'NodePool',
  metadata: { namespace, name, ...(annotations === undefined ? {} : { annotations }) },
  spec: {
    clusterName: 'demo',
    release: { image: 'registry.example/release:4.21.0' },
    platform: { type: 'None' },
    management: { upgradeType: 'Replace' },
    ...changes,
  } as NodePool['spec'],
});
