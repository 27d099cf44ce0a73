import type { UpgradePhaseRecord } from '@godwit/api';
import { redact, type Visit, type Walked } from '@godwit/controller';
import { progressOf } from './progress.ts';
import type { ReportStatus } from './report-draft.ts';

const recordOf = (
  before: UpgradePhaseRecord | undefined,
  { name, step, started, completed, attempts, said }: Visit,
): UpgradePhaseRecord => {
  const first = before?.started ?? started;
  const reason = said?.reason ?? before?.reason;
  const message = said === undefined ? before?.message : redact(said.message);
  return {
    name,
    step,
    attempts,
    ...(first === undefined ? {} : { started: first }),
    ...(completed === undefined ? {} : { completed }),
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
};

const recordsAfter = (records: readonly UpgradePhaseRecord[], visits: readonly Visit[]): UpgradePhaseRecord[] => {
  const byName = new Map(records.map((record) => [record.name, record]));
  for (const visit of visits) if (!visit.skipped) byName.set(visit.name, recordOf(byName.get(visit.name), visit));
  return [...byName.values()];
};

/** The status of a report after a round of walking a list of phases; the journal of another list is dropped. Pure. */
export const journalAfter = (status: ReportStatus, itinerary: string, walked: Walked): ReportStatus => {
  const records = status.itinerary === itinerary ? (status.phases ?? []) : [];
  const { current } = walked;
  const phase = walked.journal?.phase ?? (status.itinerary === itinerary ? status.phase : undefined);
  const { progress: known, ...rest } = status;
  const progress = walked.outcome === 'completed' || current === undefined ? undefined : progressOf(known, current);
  return {
    ...rest,
    ...(walked.notes as Partial<ReportStatus> | undefined),
    itinerary,
    phase,
    phases: recordsAfter(records, walked.visits),
    ...(progress === undefined ? {} : { progress }),
  };
};

/** The status of a report in which no list of phases is followed: the next walk begins at its first phase. */
export const withoutJournal = (status: ReportStatus): ReportStatus => {
  const { phase: _phase, itinerary: _itinerary, phases: _phases, progress: _progress, ...rest } = status;
  return rest;
};
