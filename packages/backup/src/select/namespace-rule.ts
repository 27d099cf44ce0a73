import type { KubeObject } from '@godwit/kube';
import { NAMES } from '../names.ts';
import type { LabelSelector } from '../velero.ts';
import { matchesSelector } from './label-selector.ts';
import type { NamespaceFilter } from './namespace-filter.ts';

type Namespace = KubeObject & { status?: { phase?: string } };

/** Whether a Namespace object goes into the backup; `holdsItems` says that something of it was collected. */
export const keepsNamespace = (
  namespace: Namespace,
  filter: NamespaceFilter,
  selectors: readonly LabelSelector[] | undefined,
  holdsItems: boolean,
): boolean => {
  const { name = '', labels, deletionTimestamp } = namespace.metadata;
  if (deletionTimestamp || (namespace.status?.phase ?? 'Active') !== 'Active') return false;
  if (labels?.[NAMES.excludeFromBackup] === 'true') return false;
  if (holdsItems) return true;
  if (selectors?.some((selector) => matchesSelector(selector, labels))) return true;
  return filter.everything ? selectors === undefined : filter.passes(name);
};
