import { join } from 'node:path';
import { type KubeObject, resource } from '@godwit/kube';
import { clusterIdOf } from '../../backup/cluster-id.ts';
import { readText, remove, writeText } from '../../carried/files.ts';
import { agentFiles } from '../../carried/paths.ts';
import { clusterConfigurationText } from '../../first-boot/cluster-configuration.ts';
import { handedOver, nodePlaces } from '../../first-boot/places.ts';
import type { StageScope } from '../../handler/stage-handler.ts';
import { findResource } from '../../manifests/apply.ts';
import { inTarget } from '../target.ts';
import { describeCluster } from './describe-cluster.ts';
import { writeObjects } from './write-objects.ts';

/** By these clients go on trusting the cluster, and the cluster its tokens. */
const KEPT_KEYS: readonly string[] = ['ca.crt', 'ca.key', 'sa.key', 'sa.pub'];

/** Where a cluster says from which mirrors images are to be pulled. */
const MIRRORS = [
  resource<KubeObject>('config.openshift.io/v1', 'ImageDigestMirrorSet', 'imagedigestmirrorsets', 'Cluster'),
  resource<KubeObject>('operator.openshift.io/v1alpha1', 'ImageContentSourcePolicy', 'imagecontentsourcepolicies', 'Cluster'),
] as const;

const readMirrors = async ({ cluster }: StageScope): Promise<KubeObject[]> => {
  const found: KubeObject[] = [];
  for (const kind of MIRRORS) {
    const apiVersion = `${kind.group}/${kind.version}`;
    if ((await findResource(cluster, { apiVersion, kind: kind.kind, metadata: {} })) !== undefined)
      found.push(...(await cluster.list(kind)).items);
  }
  return found;
};

/** Hands over who the cluster is, what it proves that with, and which of its objects the seed lacks; what a run before has handed over goes first. */
export const exportClusterConfiguration = async (scope: StageScope): Promise<void> => {
  const { cluster, host } = scope;
  const configuration = await describeCluster(cluster, host);
  // Its presence lets the first boot begin, so it is written last.
  await remove(inTarget(scope, handedOver.configuration));
  for (const name of KEPT_KEYS) {
    const text = await readText(join(host.root, nodePlaces.pki, name));
    if (text !== undefined) await writeText(inTarget(scope, join(handedOver.crypto, name)), text);
  }
  await writeObjects(inTarget(scope, handedOver.manifests), await readMirrors(scope));
  await writeText(inTarget(scope, agentFiles.clusterId), `${await clusterIdOf(scope)}\n`);
  await writeText(inTarget(scope, handedOver.configuration), clusterConfigurationText(configuration));
};
