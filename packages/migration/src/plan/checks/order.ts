import type { MtcClaim } from '@godwit/controller';
import type { Check } from '../../shared/check.ts';
import { namespacePairs } from '../../shared/namespace-pairs.ts';
import type { PlanFacts } from '../facts.ts';
import { pastMigration } from '../gather/references.ts';
import { judgeMigrationType } from '../migration-type.ts';
import { renamesClaims } from '../renames.ts';
import { conflictChecks } from './conflicts.ts';
import { hookChecks } from './hooks.ts';
import { kindChecks } from './kinds.ts';
import { kubeVirt } from './kubevirt.ts';
import { namespaceChecks, namespaceListChecks } from './namespaces.ts';
import { podHealthChecks, podLimitChecks } from './pods.ts';
import { clusterReferenceChecks, storageReferenceChecks } from './references.ts';

const migrationType: Check<PlanFacts> = {
  name: 'type of migration',
  types: ['MigrationTypeIdentified', 'IntraClusterMigration'],
  judge: ({ plan, intraCluster, migrations, source, destination }) => {
    if (source.state !== 'found' || destination.state !== 'found') return undefined;
    return judgeMigrationType({
      indirectImages: plan.spec.indirectImageMigration === true,
      indirectVolumes: plan.spec.indirectVolumeMigration === true,
      intraCluster,
      namespaces: namespacePairs(plan),
      renamesClaims: renamesClaims(plan),
      migrations: migrations.map(pastMigration),
    });
  },
};

/** Every check of a MigPlan before its volumes are discovered, in the order of upstream's validation. */
export const planChecks: readonly Check<PlanFacts>[] = [
  ...clusterReferenceChecks,
  migrationType,
  ...storageReferenceChecks,
  ...namespaceListChecks,
  ...podLimitChecks,
  ...namespaceChecks,
  ...conflictChecks,
  ...podHealthChecks,
  ...hookChecks,
  ...kindChecks,
  kubeVirt,
];

/** Whether the claims hold a fault that ends the work on a plan. */
export const isCritical = (claims: readonly MtcClaim[]): boolean =>
  claims.some(({ category, status = 'True' }) => category === 'Critical' && status === 'True');
