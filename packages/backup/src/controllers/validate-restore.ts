import { NEVER_RESTORED } from '../select/restore-filter.ts';
import type { RestoreSpec } from '../velero.ts';
import { listProblems, namespaceListProblems } from './validate-lists.ts';

type Rest = { resourceModifier?: unknown; hooks?: { resources?: unknown[] } };

const sourceProblems = ({ backupName, scheduleName }: RestoreSpec): string[] => {
  const given = [backupName, scheduleName].filter(Boolean).length;
  if (given === 1) return [];
  return given === 0
    ? ['Either a backup or schedule must be specified as a source for the restore, but not both']
    : ['Only one of backup and schedule can be a source for the restore'];
};

const unsupported = (spec: RestoreSpec & Rest): string[] => [
  ...(spec.resourceModifier ? ['resourceModifier is not supported by the embedded engine; remove it, or install Velero'] : []),
  ...((spec.hooks?.resources?.length ?? 0) > 0
    ? ['hooks are not supported by the embedded engine; remove spec.hooks, or install Velero']
    : []),
];

/** Everything in a spec that keeps a restore from running, in the words that clients of Velero know. */
export const validateRestore = (spec: RestoreSpec): string[] => [
  ...sourceProblems(spec),
  ...(spec.includedResources ?? []).filter((name) => NEVER_RESTORED.includes(name)).map((name) => `${name} are non-restorable resources`),
  ...listProblems({ includes: spec.includedResources, excludes: spec.excludedResources }).map(
    (problem) => `Invalid included/excluded resource lists: ${problem}`,
  ),
  ...namespaceListProblems({ includes: spec.includedNamespaces, excludes: spec.excludedNamespaces }).map(
    (problem) => `Invalid included/excluded namespace lists: ${problem}`,
  ),
  ...(spec.labelSelector && (spec.orLabelSelectors?.length ?? 0) > 0
    ? ['encountered labelSelector as well as orLabelSelectors in restore spec, only one can be specified']
    : []),
  ...(spec.existingResourcePolicy && !['none', 'update'].includes(spec.existingResourcePolicy)
    ? [`Invalid ExistingResourcePolicy: ${spec.existingResourcePolicy}; use none or update`]
    : []),
  ...unsupported(spec),
];
