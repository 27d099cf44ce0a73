import type { MigPlan } from '@godwit/api';
import { hasReconciled } from '@godwit/controller';
import { clusterConfig } from '../../cluster/read-facts.ts';
import type { World } from '../../world.ts';
import type { PlanFacts } from '../facts.ts';
import { haveSameAddress } from '../intra-cluster.ts';
import { migrationTypeOf } from '../migration-type.ts';
import { isSuspended } from '../suspended.ts';
import { type ClustersReading, readClusters } from './clusters.ts';
import { pastMigration, type References, readReferences } from './references.ts';

/** The facts of a plan; `clusters` holds the clients too, for what comes after the checks. */
export type PlanReading = { facts: PlanFacts; references: References; suspended: boolean; clusters: ClustersReading | undefined };

const isReady = ({ source, destination }: References): boolean =>
  source.state === 'found' && source.ready && destination.state === 'found' && destination.ready;

/** Reads everything that the checks of a plan judge. Of a suspended plan, and while a cluster is not ready, no cluster is asked. */
export const readPlanFacts = async (world: World, plan: MigPlan): Promise<PlanReading> => {
  const references = await readReferences(world, plan);
  const refresh = plan.spec.refresh === true;
  const suspended = isSuspended(references.migrations.map(pastMigration), refresh);
  const compareKinds = refresh || !hasReconciled(plan);
  const clusters = suspended || !isReady(references) ? undefined : await readClusters(world, plan, { compareKinds });
  const { source, destination } = references;
  const facts: PlanFacts = {
    ...references,
    plan,
    settings: world.settings,
    intraCluster: source.state === 'found' && destination.state === 'found' && haveSameAddress(source.object, destination.object),
    type: migrationTypeOf(plan.status?.conditions ?? []),
    hostOperatorVersion: clusters === undefined ? undefined : (await clusterConfig(world, world.connections.host)).OPERATOR_VERSION,
    clusters,
  };
  return { facts, references, suspended, clusters };
};
