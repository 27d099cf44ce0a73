import type { DirectVolumeMigration } from '@godwit/api';
import { observedDigest, type Pipeline, type Walked } from '@godwit/controller';
import { volumeMigrationFailed } from '../pipelines.ts';
import type { Scope } from '../scope.ts';
import { operationFor, type VolumeState } from '../transfer/attempts.ts';
import { volumePairs } from '../volume-pair.ts';
import { podBuckets } from './buckets.ts';
import { copyConditions } from './conditions.ts';
import { verificationOf, volumeNumbers } from './volumes.ts';

type Status = NonNullable<DirectVolumeMigration['status']>;

/** What a status is computed from. */
export type StatusFacts = {
  dvm: DirectVolumeMigration;
  scope: Pick<Scope, 'notes' | 'invalidOptions'>;
  pipeline: Pipeline<Scope, DirectVolumeMigration>;
  /** Names of the phases that apply. */
  phases: readonly string[];
  walked: Walked;
  states: readonly VolumeState[];
  now: Date;
};

/** When the present phase began: Running changes with every phase, so its time is the phase's. */
export const phaseStarted = (status: Status | undefined): string =>
  status?.conditions?.find(({ type, reason }) => type === 'Running' && reason === status.phase)?.lastTransitionTime ?? '';

const rounded = (now: Date): string => `${now.toISOString().slice(0, 19)}Z`;

const copied = (before: Status | undefined, states: readonly VolumeState[], { phases, walked }: StatusFacts): Status['rsyncOperations'] => {
  const begun = phases.indexOf(walked.journal?.phase ?? '') >= phases.indexOf('CreateRsyncTransferPods');
  return begun && phases.includes('CreateRsyncTransferPods') ? states.map(operationFor) : before?.rsyncOperations;
};

/** The status after a round. */
export const copyStatus = (facts: StatusFacts): Status => {
  const { dvm, scope, pipeline, phases, walked, states, now } = facts;
  const before = dvm.status;
  const phase = walked.journal?.phase ?? before?.phase;
  const buckets = podBuckets(before, states, scope.notes.observed, now.getTime());
  const since = phaseStarted(before);
  const verified = volumePairs(dvm).filter(({ verify }) => verify).length;
  return {
    ...before,
    conditions: copyConditions({
      before: before?.conditions,
      walked,
      itinerary: pipeline.name,
      step: { number: phases.indexOf(phase ?? '') + 1, total: phases.length },
      buckets,
      endpoint: scope.notes.endpoint,
      invalidOptions: scope.invalidOptions,
      withoutRoot: [...scope.notes.withoutRoot],
      secondsInPhase: since === '' || before?.phase !== phase ? 0 : (now.getTime() - Date.parse(since)) / 1000,
      now: rounded(now),
    }),
    observedDigest: observedDigest(dvm.spec),
    observedGeneration: dvm.metadata.generation,
    startTimestamp: before?.startTimestamp ?? rounded(now),
    phase,
    phaseDescription: walked.current?.description ?? before?.phaseDescription,
    itinerary: walked.outcome === 'failed' ? volumeMigrationFailed.name : pipeline.name,
    errors: walked.outcome === 'failed' ? [...(before?.errors ?? []), walked.said?.message ?? ''] : before?.errors,
    ...buckets,
    rsyncOperations: copied(before, states, facts),
    volumes: volumeNumbers(before, states, scope.notes.observed),
    verification: verificationOf(scope.notes.compared.values(), verified) ?? before?.verification,
  };
};
