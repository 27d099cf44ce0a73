import { annotations as names } from '@godwit/api';
import type { KubeObject, ObjectMeta } from '@godwit/kube';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const without = (annotations: Record<string, string> | undefined): Record<string, string> | undefined => {
  if (annotations === undefined) return undefined;
  const { [LAST_APPLIED]: _said, [names.moveClaim]: _claim, ...rest } = annotations;
  return rest;
};

/**
 * An object without what belongs to its first cluster: identity, versions, times, finalizers, status, the claim of its move. Owners are kept by name; their
 * uids are those of the new cluster when they are put up again.
 */
export const strip = (object: KubeObject): KubeObject => {
  const { status: _status, metadata, ...rest } = object as KubeObject & { status?: unknown };
  const { name, namespace, labels, ownerReferences } = metadata;
  const annotations = without(metadata.annotations);
  const kept: ObjectMeta = {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined || Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
  };
  return { ...rest, metadata: kept };
};
