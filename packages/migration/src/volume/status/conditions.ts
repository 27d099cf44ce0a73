import type { Condition } from '@godwit/api';
import { blocks, type MtcClaim, settleConditions, type Walked } from '@godwit/controller';
import { volumeMigrationFailed } from '../pipelines.ts';
import type { Buckets } from './buckets.ts';

/** What the conditions of a copy are computed from. */
export type ConditionFacts = {
  before: readonly Condition[] | undefined;
  walked: Walked;
  itinerary: string;
  /** Position of the phase among those that apply, counted from 1, and their number. */
  step: { number: number; total: number };
  buckets: Buckets;
  endpoint: string | undefined;
  invalidOptions: readonly string[];
  withoutRoot: readonly string[];
  /** Seconds since the present phase began. */
  secondsInPhase: number;
  /** As Kubernetes writes times. */
  now: string;
};

/** Phases whose failure is fatal; a failure elsewhere is a warning to the migration, as upstream has it. */
const FATAL = new Set(['RunRsyncOperations', 'VerifyVolumes']);

/** Reasons of a failure that have a condition of their own, and its type. */
const OWN_CONDITIONS: Readonly<Record<string, string>> = {
  RsyncTimedOut: 'SourceToDestinationNetworkError',
  RsyncNoRouteToHost: 'SourceToDestinationNetworkError',
  VolumesDiffer: 'VolumesDiffer',
  TargetVolumeFull: 'TargetVolumeFull',
};

const failure = ({ walked: { outcome, said, journal } }: ConditionFacts): MtcClaim[] => {
  if (outcome !== 'failed') return [];
  const phase = journal?.phase ?? '';
  const type = OWN_CONDITIONS[said?.reason ?? ''];
  return [
    {
      type: 'Failed',
      category: FATAL.has(phase) ? 'Critical' : 'Warn',
      reason: phase,
      message: 'The migration has failed. See: Errors.',
      durable: true,
    },
    ...(type === undefined ? [] : [{ type, category: 'Critical' as const, reason: said?.reason, message: said?.message, durable: true }]),
  ];
};

/** Running does not name the phase while it is held, since that would say that it has begun. */
const held = ({ step }: ConditionFacts, phase: string): MtcClaim[] => [
  { type: 'Running', category: 'Advisory', reason: 'HoldBefore', message: `Step: ${step.number}/${step.total}` },
  {
    type: 'Held',
    category: 'Advisory',
    reason: 'HoldBefore',
    message: `Stopped before phase ${phase}; remove the annotation godwit.io/hold-before to go on.`,
  },
];

const outcome = (facts: ConditionFacts): MtcClaim[] => {
  const { walked, itinerary, step, before } = facts;
  if (walked.outcome === 'held') return held(facts, walked.journal?.phase ?? '');
  if (walked.outcome !== 'completed')
    return [{ type: 'Running', category: 'Advisory', reason: walked.journal?.phase, message: `Step: ${step.number}/${step.total}` }];
  const failed = itinerary === volumeMigrationFailed.name || before?.some(({ type }) => type === 'Failed');
  return failed
    ? []
    : [{ type: 'Succeeded', category: 'Advisory', reason: 'Completed', message: 'The migration has succeeded', durable: true }];
};

const warn = (type: string, reason: string, message: string): MtcClaim => ({ type, category: 'Warn', reason, message });

const THREE_MINUTES = 180;
const FIVE_MINUTES = 300;

const delays = ({ walked, buckets, secondsInPhase }: ConditionFacts): MtcClaim[] => {
  const phase = walked.outcome === 'completed' ? undefined : walked.journal?.phase;
  const stuck = buckets.pendingSinceTimeLimitPods.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  const creates = phase === 'CreateRsyncTransferPods' || phase === 'RunRsyncOperations';
  return [
    ...(phase === 'EnsureRsyncRouteAdmitted' && secondsInPhase > THREE_MINUTES
      ? [warn('RsyncRouteNotAdmitted', 'RsyncRouteNotAdmitted', walked.said?.message ?? '')]
      : []),
    ...(phase === 'WaitForRsyncTransferPodsRunning' && secondsInPhase > THREE_MINUTES
      ? [warn('RsyncTransferPodsPending', 'PodsNotReady', walked.said?.message ?? '')]
      : []),
    ...(stuck
      ? [warn('RsyncClientPodsPending', 'PodStuckInContainerCreating', `These pods do not start: ${stuck}; see their events`)]
      : []),
    ...(creates && walked.outcome === 'retrying' && secondsInPhase > FIVE_MINUTES
      ? [warn('FailedCreatingRsyncPods', 'ErrorsDetected', walked.said?.message ?? '')]
      : []),
  ];
};

const remarks = ({ walked, endpoint, invalidOptions, withoutRoot }: ConditionFacts): MtcClaim[] => [
  ...(endpoint === undefined ? [] : [{ type: 'RsyncEndpointChosen', category: 'Advisory' as const, message: endpoint, durable: true }]),
  ...(walked.outcome === 'retrying'
    ? [{ type: 'Retrying', category: 'Advisory' as const, reason: walked.said?.reason, message: walked.said?.message }]
    : []),
  ...(walked.said?.reason === 'TransferImageNotPulled'
    ? [
        {
          type: 'TransferImageNotPulled',
          category: 'Error' as const,
          reason: 'TransferImageNotPulled',
          message: walked.said.message,
          durable: walked.outcome === 'failed',
        },
      ]
    : []),
  ...(invalidOptions.length > 0
    ? [
        warn(
          'InvalidRsyncOptions',
          'NotSupported',
          `Left out of RSYNC_OPT_EXTRAS or RSYNC_OPT_INFO: ${invalidOptions.join(' ')}. Extras look like --name or --name=value, info words like DEL2`,
        ),
      ]
    : []),
  ...(withoutRoot.length > 0
    ? [
        {
          ...warn(
            'RsyncServerPodsRunningAsNonRoot',
            'RsyncOperationsAreRunningAsNonRoot',
            `Owners and devices cannot be kept in ${withoutRoot.join(', ')}: its Pod Security level is restricted, or the migration says runAsRoot: false`,
          ),
          durable: true,
        },
      ]
    : []),
];

const READY: MtcClaim = { type: 'Ready', category: 'Required', message: 'Direct migration is ready' };

/** The conditions after a round. */
export const copyConditions = (facts: ConditionFacts): Condition[] => {
  const claims = [...outcome(facts), ...failure(facts), ...delays(facts), ...remarks(facts)];
  const settled = settleConditions(facts.before, claims, facts.now);
  return settled.some(blocks) ? settled : settleConditions(facts.before, [...claims, READY], facts.now);
};
