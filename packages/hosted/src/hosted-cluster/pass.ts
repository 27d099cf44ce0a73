import { annotations, finalizers, HostedCluster } from '@godwit/api';
import { type Delay, delayOf, hasFinalizer, redact, type StandardClaim, withFinalizer, withoutFinalizer } from '@godwit/controller';
import type { World } from '../world.ts';
import { FIELD_MANAGER } from './annotations.ts';
import { deletionClaims, takeDown } from './deletion/delete.ts';
import type { Step } from './deletion/step.ts';
import { deletionSteps, departureSteps } from './deletion/steps.ts';
import { type Facts, gatherFacts } from './facts.ts';
import { type Gates, judgeGates } from './gates/judge-gates.ts';
import { readValidationFacts } from './gates/read-validation-facts.ts';
import { type ReleaseReading, readReleases } from './gates/release-reading.ts';
import { missingDefaults, missingIdentity } from './identity/defaults.ts';
import { onManagement } from './management.ts';
import { pauseEffects } from './pause/pause-effects.ts';
import { pauseOf } from './pause/paused-until.ts';
import { fenced, fenceIn, reconciliationActive } from './pause/reconciliation-active.ts';
import { type PhaseResult, runPhases } from './phases/phase.ts';
import { phases } from './phases/phases.ts';
import { reconciliationSucceeded } from './status/reconciliation-succeeded.ts';
import { statusOf } from './status/status-of.ts';
import { writeStatus } from './write-status.ts';

/** What a pass asks the queue for. */
export type Ended = { after?: Delay } | undefined;

/** How long a deletion waits for news that a watch does not bring. */
const DELETION_SECONDS = 5;
/** A registry that did not answer, or a Secret that lies where nobody watches, is asked again after this. */
const RETRY_SECONDS = 30;

type Said = { claims: readonly StandardClaim[]; gates?: Gates; reading?: ReleaseReading };

const report = async (world: World, facts: Facts, { claims, gates, reading }: Said): Promise<HostedCluster> => {
  const releases = reading !== undefined && 'release' in reading ? reading : undefined;
  const status = statusOf({
    ...facts,
    settings: world.settings,
    gates,
    release: releases?.release,
    controlPlaneRelease: releases?.controlPlane,
    said: claims,
  });
  return writeStatus(world, facts.cluster, status);
};

const remove = async (world: World, facts: Facts, steps: readonly Step[]): Promise<Ended> => {
  if (!hasFinalizer(facts.cluster, finalizers.hypershift)) return undefined;
  const progress = await takeDown(steps, { ...facts, world });
  const told = await report(world, facts, { claims: deletionClaims(progress) });
  if (progress.waiting !== undefined) return { after: delayOf(progress.waiting.seconds ?? DELETION_SECONDS) };
  await withoutFinalizer(world.management, HostedCluster, told, finalizers.hypershift);
  return undefined;
};

/** The fence that forbids work on a cluster: the annotation, and before there is a control plane the store, too. */
const fenceOf = async (world: World, { cluster, controlPlane, namespace, name }: Facts): Promise<string | undefined> => {
  const marked = cluster.metadata.annotations?.[annotations.fence];
  if (marked !== undefined) return fenceIn(marked);
  if (controlPlane !== undefined) return undefined;
  return (await world.fences.forbidding({ namespace, name, infraId: cluster.spec.infraID }))?.name;
};

/** Adds to the spec what is missing; a user's edit meanwhile is a conflict, which comes back. */
const completed = async (world: World, cluster: HostedCluster, missing: object): Promise<HostedCluster> => {
  if (Object.keys(missing).length === 0) return cluster;
  const { namespace, name = '', resourceVersion } = cluster.metadata;
  const patch = { metadata: { resourceVersion }, spec: missing };
  return world.management.patch(HostedCluster, { namespace, name }, patch, { fieldManager: FIELD_MANAGER });
};

/** The faults of all phases as one error, so that the queue comes back after a while. */
const throwFaults = (results: readonly PhaseResult[]): void => {
  const faults = results.flatMap((result) => (result.outcome === 'failed' ? [result.error] : []));
  if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => redact(message)).join('; '));
};

const work = async (world: World, facts: Facts, signal: AbortSignal): Promise<Ended> => {
  const { cluster, now } = facts;
  const active = reconciliationActive(cluster.spec.pausedUntil, now);
  const [reading, validation] = await Promise.all([readReleases(world, cluster, signal), readValidationFacts(world, cluster)]);
  const gates = judgeGates({ cluster, reading, validation, settings: world.settings });
  if (gates.blocked !== undefined) {
    await report(world, facts, { claims: [active, reconciliationSucceeded({ blocked: gates.blocked })], gates, reading });
    return { after: delayOf(RETRY_SECONDS) };
  }
  const results = await runPhases(phases, { ...facts, world });
  const current = await gatherFacts(world, cluster); // the phases may have made the control plane just now
  await report(world, current, { claims: [active, reconciliationSucceeded({ results })], gates, reading });
  throwFaults(results);
  return 'fault' in reading ? { after: delayOf(RETRY_SECONDS) } : undefined;
};

/** One pass over a HostedCluster, in the order in which upstream does it: deletion, fence, defaults, finalizer, pause, identity, gates, phases. */
export const pass = async (world: World, found: HostedCluster, signal: AbortSignal): Promise<Ended> => {
  const before = await gatherFacts(world, found);
  const fence = await fenceOf(world, before);
  if (found.metadata.deletionTimestamp) return remove(world, before, fence === undefined ? deletionSteps : departureSteps);
  if (fence !== undefined) {
    await report(world, before, { claims: [fenced(fence)] });
    return undefined;
  }

  const defaulted = await completed(world, found, missingDefaults(found));
  const guarded = await withFinalizer(world.management, HostedCluster, defaulted, finalizers.hypershift);
  const facts = { ...before, cluster: guarded };
  await onManagement(world, pauseEffects(facts));
  const { paused, secondsLeft, problem } = pauseOf(guarded.spec.pausedUntil, facts.now);
  if (problem !== undefined) world.log.warn({ namespace: facts.namespace, name: facts.name }, problem);
  if (paused) {
    await report(world, facts, { claims: [reconciliationActive(guarded.spec.pausedUntil, facts.now)] });
    return secondsLeft === undefined ? undefined : { after: delayOf(Math.ceil(secondsLeft)) };
  }
  const identified = await completed(world, guarded, missingIdentity(guarded, world));
  return work(world, { ...facts, cluster: identified }, signal);
};
