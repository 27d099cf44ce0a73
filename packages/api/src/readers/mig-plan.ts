import type { MigPlan } from '../migration/mig-plan.ts';

/** A name on the source cluster and what it becomes on the target cluster; plans name namespaces and claims so. */
export type NamePair = { source: string; target: string };

/** Reads `source` or `source:target`; an omitted target is the source. */
export const namePair = (text: string): NamePair => {
  const [source = '', target = ''] = text.split(':');
  return { source, target: target === '' ? source : target };
};

/** What a MigPlan says, with upstream's defaults filled in: images and volumes go directly unless it says otherwise. */
export const readMigPlan = ({ spec }: MigPlan) => ({
  source: spec.srcMigClusterRef,
  target: spec.destMigClusterRef,
  storage: spec.migStorageRef,
  namespaces: (spec.namespaces ?? []).map(namePair),
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
