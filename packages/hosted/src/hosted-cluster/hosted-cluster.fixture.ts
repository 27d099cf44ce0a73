import type { HostedCluster } from '@godwit/api';

const published = (service: 'APIServer' | 'OAuthServer' | 'Konnectivity' | 'Ignition') => ({
  service,
  servicePublishingStrategy: { type: 'LoadBalancer' as const, loadBalancer: { hostname: `${service.toLowerCase()}.sample.hc.test` } },
});

/** Services of a cluster that can move: each has a host name of its own. */
export const SERVICES = (['APIServer', 'OAuthServer', 'Konnectivity', 'Ignition'] as const).map(published);

/** HostedCluster `clusters/sample` on platform None; `changes` go over its spec, `metadata` over its metadata. */
export const aHostedCluster = (
  changes: Partial<HostedCluster['spec']> = {},
  metadata: Partial<HostedCluster['metadata']> = {},
): HostedCluster => ({
  apiVersion: 'hypershift.openshift.io/v1beta1',
  kind: 'HostedCluster',
  metadata: { namespace: 'clusters', name: 'sample', ...metadata },
  spec: {
    release: { image: 'registry.example/release:4.21.0' },
    platform: { type: 'None' },
    pullSecret: { name: 'sample-pull-secret' },
    controllerAvailabilityPolicy: 'SingleReplica',
    infrastructureAvailabilityPolicy: 'SingleReplica',
    etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', persistentVolume: { size: '1Gi' } } } },
    networking: {
      clusterNetwork: [{ cidr: '10.132.0.0/14' }],
      serviceNetwork: [{ cidr: '172.31.0.0/16' }],
      networkType: 'Other',
    },
    issuerURL: 'https://kubernetes.default.svc',
    fips: false,
    olmCatalogPlacement: 'management',
    capabilities: {},
    services: SERVICES,
    ...changes,
  } as HostedCluster['spec'],
});
