import type { KubeObject, ServedResource } from '@godwit/kube';
import { NAMES } from '../names.ts';
import type { RestoreSpec } from '../velero.ts';
import { resourceFilter } from './resource-names.ts';

/** Whether the status of an object is restored too: its annotation decides, else the spec, else not. */
export const restoresStatus = (
  object: KubeObject,
  resource: string,
  spec: RestoreSpec['restoreStatus'],
  served: readonly ServedResource[],
): boolean => {
  const wish = object.metadata?.annotations?.[NAMES.restoreStatus]?.toLowerCase();
  if (wish === 'true' || wish === 'false') return wish === 'true';
  if (!spec) return false;
  const includes = spec.includedResources ?? [];
  return includes.length > 0 && resourceFilter(includes, spec.excludedResources, served)(resource);
};
