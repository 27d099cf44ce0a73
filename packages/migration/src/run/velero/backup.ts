import { annotations, apiVersionOf, Backup, labels, type NamePair, type ObjectOf } from '@godwit/api';
import { pieceName, runLabels } from '../names.ts';
import type { Plan, Run } from '../scope.ts';

/** What the object copy leaves to others: images and volumes have copies of their own. */
const CARRIED_OTHERWISE = ['imagestreams', 'persistentvolumes', 'persistentvolumeclaims'];

/** The Backup of a run's objects, taken on the source before anything is put to sleep. */
export const initialBackup = (
  run: Run,
  plan: Plan,
  pairs: readonly NamePair[],
  settings: { namespace: string },
  location: string,
): ObjectOf<typeof Backup> => ({
  apiVersion: apiVersionOf(Backup),
  kind: Backup.kind,
  metadata: {
    namespace: settings.namespace,
    name: pieceName(run, 'initial'),
    labels: runLabels(run, plan, labels.initialBackup),
    annotations: { [annotations.migrationType]: 'final' },
  },
  spec: {
    includedNamespaces: pairs.map(({ source }) => source),
    ...((plan.spec.includedResources ?? []).length === 0
      ? {}
      : { includedResources: (plan.spec.includedResources ?? []).map(({ group, kind }) => (group === '' ? kind : `${kind}.${group}`)) }),
    excludedResources: [...new Set([...CARRIED_OTHERWISE, ...(plan.status?.excludedResources ?? [])])],
    ...(plan.spec.labelSelector === undefined ? {} : { labelSelector: plan.spec.labelSelector }),
    storageLocation: location,
    ttl: '720h0m0s',
    hooks: { resources: [] },
  },
});
