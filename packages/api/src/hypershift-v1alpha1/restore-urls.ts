import type { HostedCluster } from '../hypershift/hosted-cluster.ts';
import { annotations } from '../names/index.ts';
import { convert } from './convert.ts';
import { jsonOf, listOf } from './json.ts';

/**
 * Every snapshot that a hosted cluster is to be restored from: the list of v1alpha1, which had one URL per member, when the object was
 * written so, else the one of v1beta1. Empty: nothing is restored.
 */
export const restoreUrls = (object: Pick<HostedCluster, 'apiVersion' | 'kind' | 'metadata' | 'spec'>): string[] => {
  const old = object.metadata.annotations?.[annotations.v1alpha1Fields];
  const converted = old === undefined ? undefined : convert(object, 'hypershift.openshift.io/v1alpha1');
  const spec = converted?.ok ? converted.object.spec : object.spec;
  const storage = jsonOf(jsonOf(jsonOf(jsonOf(spec).etcd).managed).storage);
  return listOf(storage.restoreSnapshotURL).filter((url): url is string => typeof url === 'string');
};
