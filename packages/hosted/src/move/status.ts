import type { MoveEvidence, MoveNode, MovePhaseRecord } from '@godwit/api';
import {
  type Pipeline,
  redact,
  type StandardClaim,
  timeOf,
  type Visit,
  type Walked,
  withCondition,
  withoutConditions,
} from '@godwit/controller';
import { EVIDENCE } from './phase.ts';
import type { Move, Scope } from './scope.ts';

type Status = NonNullable<Move['status']>;

/** Whether a move has come to its end, well or not. */
export const isEnded = ({ status }: Move): boolean => status?.completionTimestamp !== undefined;

const withVisits = (
  records: readonly MovePhaseRecord[],
  visits: readonly Visit[],
  isOver: (visit: Visit) => boolean,
): MovePhaseRecord[] => {
  const byName = new Map(records.map((record) => [record.name, record]));
  for (const visit of visits) {
    const { name, step, started, completed, skipped, attempts, said } = visit;
    if (skipped) continue;
    const before = byName.get(name);
    const first = before?.started ?? started;
    // A phase that is worked on again has said nothing new yet: what it said stays, or each round would be a change.
    const words =
      said === undefined ? { reason: before?.reason, message: before?.message } : { reason: said.reason, message: redact(said.message) };
    byName.set(name, {
      name,
      step,
      ...(first === undefined ? {} : { started: first }),
      ...(completed !== undefined && isOver(visit) ? { completed } : {}),
      ...(attempts > 1 ? { attempts } : {}),
      ...(words.message === undefined ? {} : words),
    } as MovePhaseRecord);
  }
  return [...byName.values()];
};

const same =
  (a: MoveEvidence) =>
  (b: MoveEvidence): boolean =>
    a.row === b.row && a.name === b.name && a.result === b.result;

const splitNotes = (notes: Readonly<Record<string, unknown>> = {}) => {
  const entries = Object.entries(notes);
  return {
    evidence: entries.filter(([key]) => key.startsWith(EVIDENCE)).flatMap(([, value]) => value as MoveEvidence[]),
    fields: Object.fromEntries(entries.filter(([key]) => !key.startsWith(EVIDENCE))) as Partial<Status>,
  };
};

const claim = (type: string, status: 'True' | 'False', reason: string, message: string): StandardClaim => ({
  type,
  status,
  reason,
  message,
});

/** How a move ended well: what it could not bring along is a part of it. */
const movedWords = (name: string, nodes: readonly MoveNode[]): string => {
  const missing = nodes.filter(({ unready, returned }) => unready !== true && returned === undefined);
  return `${name} serves here${missing.length === 0 ? '' : `, without nodes that did not come back: ${missing.map((node) => node.name).join(', ')}`}`;
};

const claimsOf = (pipeline: Pipeline<Scope, Move>, walked: Walked, moved: string): StandardClaim[] => {
  if (walked.said === undefined && walked.outcome !== 'completed') return []; // what was said before still holds
  const said = walked.said ?? { reason: 'Working', message: '' };
  if (walked.outcome !== 'completed') return [claim('Ready', 'False', said.reason, redact(said.message))];
  return pipeline.name === 'Move'
    ? [claim('Succeeded', 'True', 'Moved', moved), claim('Ready', 'True', 'Moved', moved)]
    : [claim('Succeeded', 'False', 'Undone', said.message), claim('Ready', 'False', 'Undone', said.message)];
};

/** The status of a move after a round of its walk. Pure. */
export const moveStatusAfter = (move: Move, pipeline: Pipeline<Scope, Move>, walked: Walked, moment: Date): Status => {
  const now = timeOf(moment);
  const before = move.status ?? {};
  const { evidence, fields } = splitNotes(walked.notes);
  const known = before.evidence ?? [];
  const failed = walked.outcome === 'failed' && pipeline.name === 'Move';
  const errors = failed ? [...(before.errors ?? []), redact(`${walked.current?.name}: ${walked.said?.message ?? ''}`)] : before.errors;
  const moved = movedWords(move.spec.hostedCluster.name, fields.nodes ?? before.nodes ?? []);
  const conditions = claimsOf(pipeline, walked, moved).reduce((list, each) => withCondition(list, each, now), before.conditions ?? []);
  return {
    ...before,
    ...fields,
    // each phase remembers its part of how the source was
    ...(fields.source === undefined ? {} : { source: { ...before.source, ...fields.source } }),
    startTimestamp: before.startTimestamp ?? now,
    itinerary: pipeline.name,
    ...(walked.journal === undefined ? {} : { phase: walked.journal.phase }),
    // the way back is tried until it succeeds: a phase of it that was refused is not over
    phases: withVisits(before.phases ?? [], walked.visits, ({ failed: refused }) => refused !== true || pipeline.name === 'Move'),
    evidence: [...known, ...evidence.filter((entry) => !known.some(same(entry)))],
    ...(errors === undefined ? {} : { errors }),
    ...(walked.outcome === 'completed' ? { completionTimestamp: now, phase: pipeline.name === 'Move' ? 'Completed' : 'Undone' } : {}),
    conditions,
  };
};

/** The status of a move that ended without having changed anything, or that cannot go on. */
export const endedStatus = (move: Move, message: string, moment: Date): Status => {
  const now = timeOf(moment);
  const claims = [claim('Succeeded', 'False', 'Failed', message), claim('Ready', 'False', 'Failed', message)];
  return {
    ...move.status,
    completionTimestamp: now,
    phase: 'Failed',
    conditions: claims.reduce((list, each) => withCondition(list, each, now), withoutConditions(move.status?.conditions ?? [], 'Working')),
  };
};
