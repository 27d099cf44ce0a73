import { type Client, isApiError, type KubeObject, type Resource, resource } from '@godwit/kube';

/** Which release a cluster of OpenShift runs. */
export type ClusterVersion = KubeObject & { status?: { desired?: { version?: string; image?: string } } };
/** How a cluster of OpenShift reaches the world outside. */
export type Proxy = KubeObject & { spec?: { httpProxy?: string; httpsProxy?: string; trustedCA?: { name?: string } } };
/** How the machines of a pool are configured. */
export type MachineConfig = KubeObject & { spec?: { fips?: boolean } };
/** Where else images are found, by digest. */
export type MirrorSet = KubeObject & {
  spec?: { imageDigestMirrors?: { source?: string }[]; repositoryDigestMirrors?: { source?: string }[] };
};

const OPENSHIFT = 'config.openshift.io/v1';

/** What is read of OpenShift; a cluster without it serves none of these. */
export const openShift = {
  ClusterVersion: resource<ClusterVersion>(OPENSHIFT, 'ClusterVersion', 'clusterversions', 'Cluster'),
  Proxy: resource<Proxy>(OPENSHIFT, 'Proxy', 'proxies', 'Cluster'),
  MachineConfig: resource<MachineConfig>('machineconfiguration.openshift.io/v1', 'MachineConfig', 'machineconfigs', 'Cluster'),
  ImageDigestMirrorSet: resource<MirrorSet>(OPENSHIFT, 'ImageDigestMirrorSet', 'imagedigestmirrorsets', 'Cluster'),
  ImageContentSourcePolicy: resource<MirrorSet>(
    'operator.openshift.io/v1alpha1',
    'ImageContentSourcePolicy',
    'imagecontentsourcepolicies',
    'Cluster',
  ),
} as const;

/** All objects of a kind; none where the cluster does not know it. */
export const listIfServed = async <T extends KubeObject>(cluster: Client, kind: Resource<T>): Promise<readonly T[]> => {
  try {
    return (await cluster.list(kind)).items;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return [];
    throw error;
  }
};
