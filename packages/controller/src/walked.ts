import type { Delay, Notes, Said } from './verdict.ts';

/**
 * Where a walk stands, as the object's status has it. `startedAt` is empty while the walk stands before the phase (held).
 * With `pipeline` a journal of another pipeline is not taken for one of this, although phases may bear the same name.
 */
export type Journal = { phase: string; startedAt: string; attempts: number; pipeline?: string | undefined };

/** The fields of a status that make a journal. */
type JournalFields = {
  phase?: string | undefined;
  itinerary?: string | undefined;
  phases?: readonly { name: string; started?: string | undefined; attempts?: number | undefined }[] | undefined;
};

/** Reads the journal out of a status that keeps `phase`, `itinerary` and `phases`, as runs and moves do. */
export const journalOf = ({ phase = '', itinerary, phases = [] }: JournalFields = {}): Journal => {
  const entry = phases.find(({ name }) => name === phase);
  return {
    phase,
    startedAt: entry?.started ?? '',
    attempts: entry?.attempts ?? 1,
    ...(itinerary === undefined ? {} : { pipeline: itinerary }),
  };
};

/** A phase as a round has seen it. Neither `completed` nor `started`: the walk stands before it. Times in whole seconds. */
export type Visit = {
  name: string;
  step: string;
  description: string;
  /** Rounds that tried it and met an error that may pass, plus one; 0 while it has not begun. */
  attempts: number;
  started?: string;
  completed?: string;
  skipped?: true;
  failed?: true;
  said?: Said;
};

/** What a round of walking came to; `running` is seen by `record` only, before effects are carried out. */
export type Walked = {
  outcome: 'running' | 'completed' | 'waiting' | 'retrying' | 'held' | 'failed';
  /** What status is to name from now on; undefined when no phase was entered. */
  journal: Journal | undefined;
  /** The phases of this round in order: put them over those of the same name in `status.phases`. */
  visits: readonly Visit[];
  /** The last visit that was not skipped. */
  current: Visit | undefined;
  said?: Said;
  /** Fields that the status is to hold from now on. */
  notes?: Notes;
  /** When to look again at the latest; only for `waiting` and `retrying`. */
  after?: Delay;
};
