import type { MigPlan, MigStorage } from '@godwit/api';
import type { MtcClaim } from '@godwit/controller';
import { timeOf } from '@godwit/controller';
import { type Check, type Findings, judgeAll } from '../shared/check.ts';
import { advisory, required } from '../shared/claim.ts';
import type { Outcome } from '../shared/record.ts';
import { settledConditions } from '../shared/settle.ts';
import type { World } from '../world.ts';
import { isCritical, planChecks } from './checks/order.ts';
import { quotaExceeded } from './checks/quota.ts';
import { type SelectionFacts, selectionChecks } from './checks/selections.ts';
import { type Discovery, discover } from './discovery.ts';
import { ensureStorage } from './ensure-storage.ts';
import type { IncompatibleKind } from './facts.ts';
import { type PlanReading, readPlanFacts } from './gather/facts.ts';
import { migrationTypeOf } from './migration-type.ts';
import { unhealthyNamespaces } from './pod-health.ts';

const READY = 'The migration plan is ready.';
const SUFFIX_LENGTH = 4;
const DISCOVERED = required('PvsDiscovered', 'Done', 'The `persistentVolumes` list has been updated with discovered PVs.');
const ENSURED = required('StorageEnsured', 'Done', 'The storage resources have been created.');
const SUSPENDED = advisory(
  'Suspended',
  '',
  'The migration plan is in suspended state; limited validation enforced; PV discovery and resource reconciliation suspended.',
);

const volumeChecks: readonly Check<SelectionFacts>[] = [...selectionChecks, quotaExceeded];
const volumeTypes = [DISCOVERED.type, ...volumeChecks.flatMap(({ types }) => types)];

const storageFacts = ({
  references,
  clusters,
}: PlanReading): { storage: MigStorage; clusters: NonNullable<PlanReading['clusters']> } | undefined =>
  clusters !== undefined && references.storage.state === 'found' ? { storage: references.storage.object, clusters } : undefined;

/** Creates the storage locations, unless a fault forbids it or nothing can be told now: then what has been created stays so. */
const storageFindings = async (
  world: World,
  plan: MigPlan,
  reading: PlanReading,
  suffix: string,
  claims: readonly MtcClaim[],
): Promise<Findings> => {
  const known = storageFacts(reading);
  if (known === undefined || isCritical(claims)) return { claims: [], unjudged: [ENSURED.type] };
  await ensureStorage(world, plan, known.storage, suffix, [known.clusters.clients.source, known.clusters.clients.destination]);
  return { claims: [ENSURED], unjudged: [] };
};

const volumeFindings = (discovery: Discovery | undefined): Findings => {
  if (discovery === undefined) return { claims: [], unjudged: volumeTypes };
  const { claims, unjudged } = judgeAll(volumeChecks, discovery.facts);
  return { claims: [...claims, DISCOVERED], unjudged };
};

const byNamespace = (kinds: readonly IncompatibleKind[]) =>
  [...Map.groupBy(kinds, ({ namespace }) => namespace)].map(([name, found]) => ({
    name,
    gvks: found.map(({ group, version, kind }) => ({ group, version, kind })),
  }));

const statusOf = ({ facts, clusters }: PlanReading, suffix: string) => ({
  suffix,
  excludedResources: [...facts.settings.excludedResources],
  ...(clusters === undefined
    ? {}
    : {
        namespaces: unhealthyNamespaces(clusters.source.pods),
        srcStorageClasses: [...clusters.source.storageClasses],
        destStorageClasses: [...clusters.destination.storageClasses],
        ...(clusters.incompatible === undefined ? {} : { incompatibleNamespaces: byNamespace(clusters.incompatible) }),
      }),
});

const requirements = (type: string): string[] => (type === 'StorageConversionPlan' ? [DISCOVERED.type] : [DISCOVERED.type, ENSURED.type]);

/** Works on an open plan: checks, discovery, storage; the result is what is to be written down. */
export const judgePlan = async (world: World, plan: MigPlan): Promise<Outcome> => {
  const suffix = plan.status?.suffix ?? world.randomName(SUFFIX_LENGTH).toLowerCase();
  const reading = await readPlanFacts(world, plan);
  const checked = judgeAll(planChecks, reading.facts);
  const type = migrationTypeOf(checked.unjudged.includes('MigrationTypeIdentified') ? (plan.status?.conditions ?? []) : checked.claims);
  const { clusters } = reading;
  const discovery =
    clusters === undefined || isCritical(checked.claims) ? undefined : await discover(plan, { ...reading, clusters }, type, suffix);
  const volumes = volumeFindings(discovery);
  const found = [...checked.claims, ...volumes.claims];
  const storage = await storageFindings(world, plan, reading, suffix, found);

  const claims = [...found, ...storage.claims, ...(reading.suspended ? [SUSPENDED] : [])];
  const unjudged = [...checked.unjudged, ...volumes.unjudged, ...storage.unjudged];
  const conditions = settledConditions(plan.status?.conditions ?? [], { claims, unjudged }, timeOf(world.clock.now()), {
    message: READY,
    requires: requirements(type),
  });
  return {
    ...(discovery === undefined ? {} : { spec: { persistentVolumes: discovery.volumes } }),
    status: { ...statusOf(reading, suffix), conditions },
  };
};
