import type { HostedControlPlane } from '@godwit/api';
import type { Release } from '../release/release.ts';
import type { Facts } from './components/component.ts';
import type { ControlPlane } from './control-plane.ts';
import { readControlPlane } from './read-control-plane.ts';

/** A release with an image for everything. */
export const aRelease: Release = {
  image: 'registry.test/release:4.21.0',
  version: '4.21.0',
  kubernetesVersion: '1.34.3',
  architecture: 'amd64',
  images: {
    etcd: 'registry.test/etcd',
    hyperkube: 'registry.test/hyperkube',
    'kube-proxy': 'registry.test/kube-proxy',
    'apiserver-network-proxy': 'registry.test/konnectivity',
    'cluster-capi-controllers': 'registry.test/cluster-api',
    coredns: 'registry.test/coredns',
  },
};

/** What components are built from when nothing is special. */
export const someFacts: Facts = {
  release: aRelease,
  volumeOwnership: 'group',
  beforeEtcd: { initContainers: [], volumes: [] },
  held: new Map(),
};

/** A HostedControlPlane `sample` in clusters-sample, published by node ports. */
export const aHostedControlPlane = (
  spec: Partial<HostedControlPlane['spec']> = {},
  annotations: Record<string, string> = {},
): HostedControlPlane =>
  ({
    apiVersion: 'hypershift.openshift.io/v1beta1',
    kind: 'HostedControlPlane',
    metadata: { name: 'sample', namespace: 'clusters-sample', uid: 'c0ffee', annotations },
    spec: {
      releaseImage: aRelease.image,
      infraID: 'sample-abcde',
      controllerAvailabilityPolicy: 'SingleReplica',
      platform: { type: 'None' },
      pullSecret: { name: 'pull-secret' },
      networking: {
        networkType: 'Other',
        clusterNetwork: [{ cidr: '10.132.0.0/14', hostPrefix: 23 }],
        serviceNetwork: [{ cidr: '172.31.0.0/16' }],
      },
      etcd: { managementType: 'Managed', managed: { storage: { type: 'PersistentVolume', persistentVolume: { size: '4Gi' } } } },
      services: [
        { service: 'APIServer', servicePublishingStrategy: { type: 'NodePort', nodePort: { address: '10.0.0.1', port: 30443 } } },
        { service: 'Konnectivity', servicePublishingStrategy: { type: 'NodePort', nodePort: { address: '10.0.0.1', port: 30132 } } },
        { service: 'OAuthServer', servicePublishingStrategy: { type: 'None' } },
        { service: 'Ignition', servicePublishingStrategy: { type: 'None' } },
      ],
      ...spec,
    },
  }) as HostedControlPlane;

/** The same, as components read it. */
export const aControlPlane = (changes: Partial<ControlPlane> = {}): ControlPlane => ({
  ...readControlPlane(aHostedControlPlane()),
  ...changes,
});
