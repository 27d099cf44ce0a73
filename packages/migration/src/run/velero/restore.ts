import { annotations, apiVersionOf, labels, type ObjectOf, Restore } from '@godwit/api';
import { pieceName, runLabels } from '../names.ts';
import { namespaceMapping } from '../namespaces.ts';
import type { NamespacePair, Plan, Run } from '../scope.ts';

const incompatible = ({ status }: Plan): string[] => [
  ...new Set(
    (status?.incompatibleNamespaces ?? []).flatMap(({ gvks = [] }) =>
      gvks.map(({ group = '', kind }) => (group === '' ? kind : `${kind}.${group}`)),
    ),
  ),
];

/** The Restore of a run's objects on the target. */
export const finalRestore = (
  run: Run,
  plan: Plan,
  pairs: readonly NamespacePair[],
  settings: { namespace: string },
): ObjectOf<typeof Restore> => {
  const mapping = namespaceMapping(pairs);
  return {
    apiVersion: apiVersionOf(Restore),
    kind: Restore.kind,
    metadata: {
      namespace: settings.namespace,
      name: pieceName(run, 'final'),
      labels: runLabels(run, plan, labels.finalRestore),
      annotations: { [annotations.migrationType]: 'final' },
    },
    spec: {
      backupName: pieceName(run, 'initial'),
      restorePVs: true,
      excludedResources: incompatible(plan),
      ...(mapping === undefined ? {} : { namespaceMapping: mapping }),
    },
  };
};
