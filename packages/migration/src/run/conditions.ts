import type { Condition } from '@godwit/api';
import { isTrue, type MtcClaim, settleConditions, type Visit, type Walked } from '@godwit/controller';
import type { Run } from './scope.ts';

/** Reasons that a phase may give while it advances, and the durable warning that they leave. */
const WARNINGS: Readonly<Record<string, string>> = {
  VeleroInitialBackupPartiallyFailed: 'VeleroInitialBackupPartiallyFailed',
  VeleroFinalRestorePartiallyFailed: 'VeleroFinalRestorePartiallyFailed',
  UnhealthyNamespaces: 'UnhealthyNamespaces',
  StageNoOp: 'StageNoOp',
  ObjectsDiffer: 'ObjectsDiffer',
};

const warningsOf = (visits: readonly Visit[]): MtcClaim[] =>
  visits.flatMap(({ said, completed }) => {
    const type = completed === undefined ? undefined : WARNINGS[said?.reason ?? ''];
    return type === undefined ? [] : [{ type, category: 'Warn', durable: true, reason: 'ErrorsDetected', message: said?.message ?? '' }];
  });

const failure = (walked: Walked): MtcClaim[] =>
  walked.outcome === 'failed'
    ? [
        {
          type: 'Failed',
          category: 'Advisory',
          durable: true,
          reason: walked.journal?.phase ?? 'MigrationFailed',
          message: 'The migration has failed. See: Errors.',
        },
        ...(walked.said?.reason === 'DirectVolumeMigrationFailed'
          ? [{ type: 'DirectVolumeMigrationFailed', category: 'Warn' as const, durable: true, message: walked.said.message }]
          : []),
      ]
    : [];

const cancellation = (itinerary: string, ended: boolean): MtcClaim[] => {
  if (itinerary !== 'Cancel') return [];
  return ended
    ? [{ type: 'Canceled', category: 'Advisory', durable: true, reason: 'Cancel', message: 'The migration has been canceled.' }]
    : [{ type: 'Canceling', category: 'Advisory', durable: true, reason: 'Cancel', message: 'The migration is being canceled.' }];
};

/** A run that was canceled or has failed is neither a success nor one with warnings (G-M47). */
const success = (conditions: readonly Condition[], itinerary: string): MtcClaim[] => {
  if (itinerary === 'Cancel' || isTrue(conditions, 'Failed')) return [];
  const warned = conditions.some(({ category, status }) => category === 'Warn' && status === 'True');
  return warned
    ? [
        {
          type: 'SucceededWithWarnings',
          category: 'Advisory',
          durable: true,
          reason: 'Completed',
          message: 'The migration has completed with warnings, please look at `Warn` conditions.',
        },
      ]
    : [
        {
          type: 'Succeeded',
          category: 'Advisory',
          durable: true,
          reason: 'Completed',
          message: 'The migration has completed successfully.',
        },
      ];
};

const running = (walked: Walked, place: string): MtcClaim[] => [
  { type: 'Running', category: 'Advisory', reason: walked.journal?.phase ?? 'Created', message: place },
  { type: 'Ready', category: 'Required', message: 'The migration is ready.' },
  ...(walked.outcome === 'held'
    ? [
        {
          type: 'Held',
          category: 'Advisory' as const,
          reason: 'HoldBefore',
          message: `Stopped before phase ${walked.said?.parameters?.phase ?? ''}; remove the annotation godwit.io/hold-before to go on.`,
        },
      ]
    : []),
];

/** What the outcome of a round means to a reader of `kubectl get`. `place` is `Step: n/total`. */
export const runConditions = (run: Run, walked: Walked, itinerary: string, place: string, now: string): Condition[] => {
  const before = run.status?.conditions ?? [];
  const ended = walked.outcome === 'completed';
  const lasting = [...warningsOf(walked.visits), ...failure(walked), ...cancellation(itinerary, ended)];
  const settled = settleConditions(before, [...lasting, ...(ended ? [] : running(walked, place))], now);
  const list = ended && itinerary === 'Cancel' ? settled.filter(({ type }) => type !== 'Canceling') : settled;
  return ended ? settleConditions(list, success(list, itinerary), now) : list;
};
