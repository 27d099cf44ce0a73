import type { Stage, StagePhaseRecord, StageRecord } from '@godwit/api';

/** The history of an upgrade, oldest stage first. */
export type History = readonly StageRecord[];

const changing = (history: History, stage: Stage, change: (entry: StageRecord) => StageRecord): History =>
  history.map((entry) => (entry.stage === stage ? change(entry) : entry));

const changingPhase = (entry: StageRecord, phase: string, change: (record: StagePhaseRecord) => StagePhaseRecord): StageRecord => ({
  ...entry,
  phases: (entry.phases ?? []).map((record) => (record.phase === phase ? change(record) : record)),
});

/** The history in which a stage has begun; a second time changes nothing. */
export const startStage = (history: History, stage: Stage, now: string): History =>
  history.some((entry) => entry.stage === stage) ? history : [...history, { stage, startTime: now, phases: [] }];

/** The history in which a part of a stage has begun; a second time, or before its stage, changes nothing. */
export const startPhase = (history: History, stage: Stage, phase: string, now: string): History =>
  changing(history, stage, (entry) =>
    (entry.phases ?? []).some((record) => record.phase === phase)
      ? entry
      : { ...entry, phases: [...(entry.phases ?? []), { phase, startTime: now }] },
  );

/** The history in which a part of a stage is completed; one that has not begun stays unknown. */
export const completePhase = (history: History, stage: Stage, phase: string, now: string): History =>
  changing(history, stage, (entry) =>
    changingPhase(entry, phase, (record) => (record.completionTime ? record : { ...record, completionTime: now })),
  );

/** The history in which a stage is completed; only success completes. */
export const completeStage = (history: History, stage: Stage, now: string): History =>
  changing(history, stage, (entry) => (entry.completionTime ? entry : { ...entry, completionTime: now }));
