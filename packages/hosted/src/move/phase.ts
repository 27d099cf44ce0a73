import type { MoveEvidence } from '@godwit/api';
import { advance, fail, noting, type Phase, phaseOf, type Said, timeOf, type Verdict, wait } from '@godwit/controller';
import type { Outcome } from '../etcd/index.ts';
import { Working } from './reasons.ts';
import type { Move, Scope } from './scope.ts';

/** Declares a phase of a move. */
export const movePhase = phaseOf<Scope, Move>();

/** A row of the procedure's record before its time is known. */
export type Entry = Omit<MoveEvidence, 'completed'> & { completed?: string };

/** Notes under this key are added to the move's evidence. */
export const EVIDENCE = 'evidence/';

/** Adds entries to the record, in the same write as the verdict. */
export const proving = (row: number, entries: readonly Omit<Entry, 'row'>[], now: Date, verdict: Verdict): Verdict => {
  const completed = timeOf(now);
  return noting({ [`${EVIDENCE}${row}`]: entries.map((entry) => ({ row, completed, ...entry })), ...verdict.notes }, verdict);
};

/** Long work of a phase: it runs beside the loop, may be begun twice, and its result goes into the status. */
export type TaskPhase<Result> = {
  row: number;
  name: string;
  step: string;
  description: string;
  deadlineSeconds?: number;
  when?: (scope: Scope, move: Move) => boolean;
  run: (scope: Scope, move: Move, signal: AbortSignal) => Promise<Outcome<Result>>;
  /** What is written down of the result, and said. */
  tell: (result: Result, move: Move) => { said: Said; notes?: Record<string, unknown>; evidence: readonly Omit<Entry, 'row'>[] };
};

type TaskFacts<Result> = {
  state: 'none' | 'running' | 'failed' | 'ended';
  error?: unknown;
  outcome?: Outcome<Result> | undefined;
  start: (signal: AbortSignal) => Promise<void>;
  task: string;
  now: Date;
};

/** Makes a phase of work that takes a while. A named refusal fails the move; an exception is tried again. */
export const taskPhase = <Result>({ row, run, tell, ...definition }: TaskPhase<Result>): Phase<Scope, Move> =>
  movePhase<TaskFacts<Result>>({
    ...definition,
    observe: async (scope, move) => {
      const task = `${move.metadata.uid}/${definition.name}`;
      const ended = scope.tasks.outcome(task);
      const outcome = scope.results.get(task) as Outcome<Result> | undefined;
      const start = async (signal: AbortSignal) => {
        scope.results.set(task, await run(scope, move, signal));
      };
      const now = scope.world.clock.now();
      if (ended?.state === 'failed') {
        await scope.tasks.forget(task);
        throw ended.error;
      }
      if (ended?.state === 'done') {
        await scope.tasks.forget(task);
        scope.results.delete(task);
        return { state: 'ended', outcome, start, task, now };
      }
      return { state: ended === undefined ? 'none' : 'running', start, task, now };
    },
    decide: ({ state, outcome, start, task, now }, move) => {
      if (state !== 'ended' || outcome === undefined)
        return wait(
          Working({ what: definition.description }),
          state === 'running' ? [] : [{ do: 'task', name: task, run: start, about: definition.description }],
        );
      if (!outcome.ok) return fail(outcome.said);
      const { said, notes = {}, evidence } = tell(outcome.value, move);
      const verdict = proving(row, evidence, now, advance(said));
      return noting({ ...verdict.notes, ...notes }, verdict);
    },
  });
