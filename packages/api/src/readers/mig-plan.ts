import type { MigPlan } from '../migration/mig-plan.ts';

/** A namespace on the source cluster and its name on the target cluster. */
export type NamespacePair = { source: string; target: string };

/** Reads `source` or `source:target`; an omitted target is the source. */
export const namespacePair = (text: string): NamespacePair => {
  const [source = '', target = ''] = text.split(':');
  return { source, target: target === '' ? source : target };
};

/** Reads the name of a claim in a plan, `name` or `source:target`; an omitted target is the source. */
export const claimNames = namespacePair;

/** What a MigPlan says, with upstream's defaults filled in: images and volumes go directly unless it says otherwise. */
export const readMigPlan = ({ spec }: MigPlan) => ({
  source: spec.srcMigClusterRef,
  target: spec.destMigClusterRef,
  storage: spec.migStorageRef,
  namespaces: (spec.namespaces ?? []).map(namespacePair),
  volumes: spec.persistentVolumes ?? [],
  hooks: spec.hooks ?? [],
  closed: spec.closed ?? false,
  refresh: spec.refresh ?? false,
  directImages: !(spec.indirectImageMigration ?? false),
  directVolumes: !(spec.indirectVolumeMigration ?? false),
  /** Empty: all. */
  includedResources: spec.includedResources ?? [],
  labelSelector: spec.labelSelector,
  liveMigrate: spec.liveMigrate ?? false,
});
