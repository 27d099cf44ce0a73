import { join } from 'node:path';
import { Namespace } from '@godwit/api';
import { type KubeObject, resource } from '@godwit/kube';
import { readText, writeText } from '../carried/files.ts';
import { agentFiles } from '../carried/paths.ts';
import type { UpgradeWorld } from '../world.ts';

type ClusterVersion = KubeObject & { spec?: { clusterID?: string } };

/** The release of an OpenShift cluster, and who it is. */
export const ClusterVersion = resource<ClusterVersion>('config.openshift.io/v1', 'ClusterVersion', 'clusterversions', 'Cluster');

/**
 * Who this cluster is, as the label of its backups says it. A cluster without ClusterVersion is who it was before: the file that carries this
 * across the reboot is written here, with the UID of kube-system, when it is asked for the first time.
 */
export const clusterIdOf = async ({ cluster, host }: Pick<UpgradeWorld, 'cluster' | 'host'>): Promise<string> => {
  const version = await cluster.get(ClusterVersion, { name: 'version' });
  if (version?.spec?.clusterID) return version.spec.clusterID;
  const path = join(host.root, agentFiles.clusterId);
  const known = (await readText(path))?.trim();
  if (known) return known;
  const system = await cluster.get(Namespace, { name: 'kube-system' });
  const id = system?.metadata.uid;
  if (id === undefined) throw new Error('this cluster does not say who it is: it has neither a ClusterVersion nor a namespace kube-system');
  await writeText(path, `${id}\n`);
  return id;
};
