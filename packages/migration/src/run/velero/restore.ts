import { annotations, apiVersionOf, labels, type NamePair, type ObjectOf, Restore } from '@godwit/api';
import { isMapped } from '../../shared/namespace-pairs.ts';
import { pieceName, runLabels } from '../names.ts';
import type { Plan, Run } from '../scope.ts';

const incompatible = ({ status }: Plan): string[] => [
  ...new Set(
    (status?.incompatibleNamespaces ?? []).flatMap(({ gvks = [] }) =>
      gvks.map(({ group = '', kind }) => (group === '' ? kind : `${kind}.${group}`)),
    ),
  ),
];

/** The namespaces whose name changes; undefined when none does. */
const namespaceMapping = (pairs: readonly NamePair[]): Record<string, string> | undefined => {
  const mapped = pairs.filter(isMapped);
  return mapped.length === 0 ? undefined : Object.fromEntries(mapped.map(({ source, target }) => [source, target]));
};

/** The Restore of a run's objects on the target. */
export const finalRestore = (
  run: Run,
  plan: Plan,
  pairs: readonly NamePair[],
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
