import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CustomResourceDefinition, Namespace, OADP_NAMESPACE, PersistentVolume } from '@godwit/api';
import { type Client, isApiError, type KubeObject, type Resource, resource } from '@godwit/kube';
import { readText } from '../carried/files.ts';
import type { HostDriver } from '../host/driver.ts';
import { containerStorageTarget } from '../prep/container-storage.ts';
import { openShift } from '../prep/open-shift.ts';
import { DataProtectionApplication } from '../upgrade/export/data-protection.ts';
import { isSanitized } from './pull-secret.ts';
import type { SeedFitness } from './rejection.ts';

const LocalVolume = resource('local.storage.openshift.io/v1', 'LocalVolume', 'localvolumes');
const LvmCluster = resource('lvm.topolvm.io/v1alpha1', 'LVMCluster', 'lvmclusters');
const ClusterServiceVersion = resource<KubeObject & { spec?: { version?: string } }>(
  'operators.coreos.com/v1alpha1',
  'ClusterServiceVersion',
  'clusterserviceversions',
);

const KLUSTERLETS = { name: 'klusterlets.operator.open-cluster-management.io' };
const ADDONS = 'addon.open-cluster-management.io/namespace=true';
const DNSMASQ = 'usr/local/bin/dnsmasq_config.sh';
const PULL_SECRET = 'var/lib/kubelet/config.json';

/** All objects of a kind; undefined where the cluster does not serve it. */
const listed = async <T extends KubeObject>(cluster: Client, kind: Resource<T>, namespace?: string): Promise<readonly T[] | undefined> => {
  try {
    return (await cluster.list(kind, namespace === undefined ? {} : { namespace })).items;
  } catch (error) {
    if (isApiError(error, 'NotFound')) return undefined;
    throw error;
  }
};

const setsDefault = (host: HostDriver): Promise<boolean> =>
  host.setDefaultWay().then(
    () => true,
    () => false,
  );

/** The release of OADP; undefined where nobody installed it through its operator. */
const oadpVersion = async (cluster: Client): Promise<string | undefined> =>
  (await listed(cluster, ClusterServiceVersion, OADP_NAMESPACE))?.find(({ metadata }) => metadata.name?.startsWith('oadp-operator.'))?.spec
    ?.version;

/** Reads what decides whether a cluster may become a seed. What OpenShift alone has is asked only where it is served. */
export const readFitness = async (cluster: Client, host: HostDriver): Promise<SeedFitness> => {
  const at = (path: string): string => join(host.root || '/', path);
  const isOpenShift = (await listed(cluster, openShift.ClusterVersion)) !== undefined;
  const [localVolumes, lvmClusters, applications] = await Promise.all([
    listed(cluster, LocalVolume),
    listed(cluster, LvmCluster),
    listed(cluster, DataProtectionApplication),
  ]);
  return {
    canSetDefault: await setsDefault(host),
    containerStorage: await containerStorageTarget(host),
    attachedToHub: (await cluster.get(CustomResourceDefinition, KLUSTERLETS)) !== undefined,
    hubAddons: (await cluster.list(Namespace, { labelSelector: ADDONS })).items.map(({ metadata }) => metadata.name ?? '').sort(),
    hasDnsmasq: isOpenShift ? existsSync(at(DNSMASQ)) : undefined,
    pullSecretSanitized: isSanitized(await readText(at(PULL_SECRET))),
    persistentVolumes: (await cluster.list(PersistentVolume)).items.length,
    localVolumes: localVolumes?.length,
    lvmClusters: lvmClusters?.length,
    dataProtectionApplications: applications?.length,
    oadpVersion: await oadpVersion(cluster),
  };
};
