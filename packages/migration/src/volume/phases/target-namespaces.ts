import { type DirectVolumeMigration, labels, Namespace } from '@godwit/api';
import { advance, type Effect, fail } from '@godwit/controller';
import { STEP, volumePhase } from '../phase.ts';
import { NamespacesCreated, NamespacesMissing } from '../reasons.ts';
import { byNamespace, volumePairs } from '../volume-pair.ts';

// What a cluster assigns to a namespace for itself must not be carried over.
const OWN_ANNOTATIONS = /^(openshift\.io\/sa\.scc\.|kubectl\.kubernetes\.io\/last-applied-configuration)/;

/** The marks of the run and its plan, by which a rollback finds a namespace that it made. */
const provenance = ({ metadata }: DirectVolumeMigration): Record<string, string> =>
  Object.fromEntries(
    [labels.migratedByMigMigration, labels.migratedByMigPlan].flatMap((key) => {
      const value = metadata.labels?.[key];
      return value === undefined ? [] : [[key, value]];
    }),
  );

const copyOf = (name: string, original: Namespace | undefined, dvm: DirectVolumeMigration): Namespace => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: {
      ...Object.fromEntries(Object.entries(original?.metadata.labels ?? {}).filter(([key]) => key !== 'kubernetes.io/metadata.name')),
      ...provenance(dvm),
    },
    annotations: Object.fromEntries(Object.entries(original?.metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.test(key))),
  },
});

type Missing = { name: string; original: Namespace | undefined };

/** Creates the namespaces of the target, with labels and annotations of those on the source. */
export const createDestinationNamespaces = volumePhase({
  name: 'CreateDestinationNamespaces',
  step: STEP,
  description: 'Creating namespaces on the target cluster',
  when: (_, { spec }) => spec.createDestinationNamespaces === true,
  observe: async ({ source, target }, dvm): Promise<Missing[]> => {
    const found = await Promise.all(
      byNamespace(volumePairs(dvm), 'target').map(async ([name, [first]]) => {
        if (await target.find(Namespace, { name })) return [];
        return [{ name, original: await source.find(Namespace, { name: first?.source.namespace ?? name }) }];
      }),
    );
    return found.flat();
  },
  decide: (missing, dvm) => {
    const creations = missing.map(
      ({ name, original }): Effect => ({ do: 'create', on: 'target', resource: Namespace, object: copyOf(name, original, dvm) }),
    );
    return advance(NamespacesCreated({ count: missing.length }), creations);
  },
});

/** Makes sure that the namespaces of the target are there. */
export const destinationNamespacesCreated = volumePhase({
  name: 'DestinationNamespacesCreated',
  step: STEP,
  description: 'Checking the namespaces on the target cluster',
  observe: async ({ target }, dvm) => {
    const names = byNamespace(volumePairs(dvm), 'target').map(([name]) => name);
    const found = await Promise.all(names.map((name) => target.find(Namespace, { name })));
    return names.filter((_, index) => found[index] === undefined);
  },
  decide: (missing) =>
    missing.length > 0 ? fail(NamespacesMissing({ namespaces: missing.join(', ') })) : advance(NamespacesCreated({ count: 0 })),
});
