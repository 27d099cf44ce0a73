import type { Release } from '@godwit/devcluster';

/** The releases of the platform that demo, faults and tests go between. */
export type PlatformVersion = '4.20.1' | '4.21.0' | '4.21.1';

/** The registry as nodes name it. */
export const NODE_REGISTRY = 'registry.godwit.local:5000';

/** Namespace of what a release brings along. */
export const PLATFORM = 'platform';

/** The image of the workload that a release brings along. */
export const platformImage = (version: PlatformVersion): string => `${NODE_REGISTRY}/platform/banner:${version}`;

const banner = (version: PlatformVersion): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'banner', namespace: PLATFORM },
  spec: {
    strategy: { type: 'Recreate' },
    selector: { matchLabels: { app: 'banner' } },
    template: {
      metadata: { labels: { app: 'banner' } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'banner', image: platformImage(version), command: ['sh', '-c', `echo ${version}; exec sleep infinity`] }],
      },
    },
  },
});

/** A namespace that a release brings along, and that the one before does not have. */
export const namespaceOf = (version: PlatformVersion): string => `release-${version.replaceAll('.', '-')}`;

const namespace = (name: string): object => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });

/** The kind of the storage operator that comes with the platform, as far as the product document's commands ask for it. */
const logicalVolumes = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'logicalvolumes.topolvm.io' },
  spec: {
    group: 'topolvm.io',
    scope: 'Cluster',
    names: { kind: 'LogicalVolume', plural: 'logicalvolumes' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** A release: its os-release, its manifests and the image of its workload tell its version. */
export const releaseOf = (version: PlatformVersion): Release => ({
  version,
  files: {
    '/usr/share/godwit/manifests/60-platform.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [namespace(PLATFORM), namespace(namespaceOf(version)), logicalVolumes, banner(version)],
    }),
  },
});
