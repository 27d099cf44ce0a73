import type { Said } from './verdict.ts';
import type { Journal, Visit, Walked } from './walked.ts';

/** What a round knows so far. */
export type WalkState = { pipeline: string; visits: readonly Visit[]; outcome: Walked['outcome']; said?: Said };

type Named = { name: string; step: string; description: string };

/** Everything that can happen to a phase. */
export type WalkAction =
  | { type: 'entered'; phase: Named; startedAt: string; attempts: number }
  | { type: 'skipped'; phase: Named; at: string }
  | { type: 'held'; phase: Named; said: Said }
  | { type: 'advanced'; said: Said; at: string }
  | { type: 'waited'; said: Said }
  | { type: 'erred'; said: Said }
  | { type: 'failed'; said: Said; at: string }
  | { type: 'ended' };

const visitOf = ({ name, step, description }: Named): Visit => ({ name, step, description, attempts: 0 });

const withLast = (state: WalkState, change: (visit: Visit) => Visit): WalkState => {
  const last = state.visits.at(-1);
  return last === undefined ? state : { ...state, visits: [...state.visits.slice(0, -1), change(last)] };
};

const withVisit = (state: WalkState, visit: Visit): WalkState => ({ ...state, visits: [...state.visits, visit] });

/** The state after an action; the only place where the progress of a walk changes. */
export const walkStateAfter = (state: WalkState, action: WalkAction): WalkState => {
  switch (action.type) {
    case 'entered':
      return withVisit(state, { ...visitOf(action.phase), started: action.startedAt, attempts: action.attempts });
    case 'skipped':
      return withVisit(state, { ...visitOf(action.phase), completed: action.at, skipped: true });
    case 'held':
      return { ...withVisit(state, { ...visitOf(action.phase), said: action.said }), outcome: 'held', said: action.said };
    case 'advanced':
      return { ...withLast(state, (visit) => ({ ...visit, completed: action.at, said: action.said })), said: action.said };
    case 'waited':
      return { ...withLast(state, (visit) => ({ ...visit, said: action.said })), outcome: 'waiting', said: action.said };
    case 'erred':
      return {
        ...withLast(state, (visit) => ({ ...visit, said: action.said, attempts: visit.attempts + 1 })),
        outcome: 'retrying',
        said: action.said,
      };
    case 'failed':
      return {
        ...withLast(state, (visit) => ({ ...visit, completed: action.at, failed: true, said: action.said })),
        outcome: 'failed',
        said: action.said,
      };
    case 'ended':
      return { ...state, outcome: 'completed' };
  }
};

const journalOf = (pipeline: string, visit: Visit | undefined): Journal | undefined =>
  visit && { phase: visit.name, startedAt: visit.started ?? '', attempts: visit.attempts, pipeline };

/** What the state means to those who write it down. */
export const walkedOf = (state: WalkState): Walked => {
  const current = state.visits.findLast(({ skipped }) => skipped !== true);
  return {
    outcome: state.outcome,
    visits: state.visits,
    current,
    journal: journalOf(state.pipeline, current),
    ...(state.said === undefined ? {} : { said: state.said }),
  };
};
