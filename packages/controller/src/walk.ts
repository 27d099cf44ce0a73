import type { Clock } from './clock.ts';
import { secondsOf } from './delay.ts';
import type { Effect } from './effect.ts';
import type { Phase, Pipeline } from './phase.ts';
import { timeOf } from './times.ts';
import type { Delay, Notes } from './verdict.ts';
import { hesitate, patienceFor, secondsIn, secondsToRetry } from './walk-pace.ts';
import { heldBefore, isAbort, isPermanent, refused, retrying } from './walk-reasons.ts';
import { type WalkAction, type WalkState, walkedOf, walkStateAfter } from './walk-state.ts';
import type { Journal, Walked } from './walked.ts';

/** What a walk needs. The subject must be read from the API server in this round: a Reader may lag behind the journal. */
export type Walk<World, Subject> = {
  pipeline: Pipeline<World, Subject>;
  world: World;
  subject: Subject;
  /** Where the status says that the walk stands; undefined: before the first phase. */
  journal: Journal | undefined;
  clock: Clock;
  carryOut: (effects: readonly Effect[]) => Promise<unknown>;
  /** Writes what happened into the status; it must write nothing when nothing changed. */
  record: (walked: Walked) => Promise<unknown>;
  /** Names of phases that may not be entered; default none. */
  hold?: ReadonlySet<string>;
  /** Seconds that a phase may take; default its `deadlineSeconds`. */
  deadlineOf?: (phase: Phase<World, Subject>) => number;
  /** Jitters the retries; default Math.random. */
  random?: () => number;
};

type Stop = { action: WalkAction; after?: Delay };
type Attempt<T> = { value: T } | { error: unknown };

const attempt = async <T>(work: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { value: await work() };
  } catch (error) {
    if (isAbort(error)) throw error;
    return { error };
  }
};

/** The state of one round, and its way into the status. */
const notebook = (pipeline: string, known: Journal | undefined, record: (walked: Walked) => Promise<unknown>) => {
  let state: WalkState = { pipeline, visits: [], outcome: 'running' };
  let named = known?.startedAt ? known.phase : undefined;
  let notes: Notes | undefined;
  return {
    act: (action: WalkAction) => {
      state = walkStateAfter(state, action);
    },
    visit: () => state.visits.at(-1) ?? { name: '', step: '', description: '', attempts: 1 },
    note: (added: Notes) => {
      notes = { ...notes, ...added };
    },
    /** Whether the status names this phase already, so that its effects may happen. */
    names: (phase: string) => named === phase,
    write: async (after?: Delay): Promise<Walked> => {
      const walked: Walked = { ...walkedOf(state), ...(notes === undefined ? {} : { notes }), ...(after === undefined ? {} : { after }) };
      await record(walked);
      named = walked.journal?.phase;
      return walked;
    },
  };
};

type Notebook = ReturnType<typeof notebook>;

/** Enters a phase, or says why not. A phase that the journal names as begun is resumed without asking whether it applies. */
const enter = <World, Subject>(phase: Phase<World, Subject>, walk: Walk<World, Subject>, known: Journal | undefined): WalkAction => {
  const at = timeOf(walk.clock.now());
  if (known?.phase === phase.name && known.startedAt !== '')
    return { type: 'entered', phase, startedAt: known.startedAt, attempts: known.attempts };
  if (!phase.when(walk.world, walk.subject)) return { type: 'skipped', phase, at };
  if (walk.hold?.has(phase.name)) return { type: 'held', phase, said: heldBefore(phase.name) };
  return { type: 'entered', phase, startedAt: at, attempts: 1 };
};

/** Judges an entered phase and does what it asks for; `undefined` means that the walk goes on. */
const work = async <World, Subject>(
  phase: Phase<World, Subject>,
  walk: Walk<World, Subject>,
  notes: Notebook,
): Promise<Stop | undefined> => {
  const { world, subject, clock, carryOut, deadlineOf = ({ deadlineSeconds }) => deadlineSeconds, random = Math.random } = walk;
  const at = () => timeOf(clock.now());
  const patience = () => patienceFor(notes.visit(), deadlineOf(phase), clock.now());
  const excuse = (error: unknown): Stop =>
    isPermanent(error, { attempts: notes.visit().attempts, seconds: secondsIn(notes.visit(), clock.now()) })
      ? { action: { type: 'failed', said: refused(phase.name, error), at: at() } }
      : hesitate(
          patience(),
          { type: 'erred', said: retrying(phase.name, error) },
          secondsToRetry(error, notes.visit().attempts, random),
          at(),
        );

  const judged = await attempt(() => phase.judge(world, subject));
  if ('error' in judged) return excuse(judged.error);
  const { outcome, said, effects, notes: noted } = judged.value;
  const overdue = outcome === 'wait' && patience().left <= 0;
  if (noted !== undefined) notes.note(noted);
  if (effects.length > 0 && !overdue) {
    // The intent stands in status before it happens, so that a killed round is resumed in this phase.
    if (!notes.names(phase.name) || noted !== undefined) await notes.write();
    const carriedOut = await attempt(() => carryOut(effects));
    if ('error' in carriedOut) return excuse(carriedOut.error);
  }
  if (outcome === 'fail') return { action: { type: 'failed', said, at: at() } };
  if (outcome === 'wait') return hesitate(patience(), { type: 'waited', said }, secondsOf(judged.value.after), at());
  notes.act({ type: 'advanced', said, at: at() });
  return undefined;
};

/**
 * Walks a pipeline as far as it goes in one round: resumes at the journal's phase, passes several phases where nothing
 * has to be waited for, and names a phase in status before its effects happen. A killed round may carry out the effects
 * of one phase a second time, never those of a later phase first. What `record` throws, and an abort, is thrown on.
 *
 *     enter ──▶ judge ──advance──▶ effects ──▶ next phase … ──▶ completed
 *       │         ├──wait──────▶ effects ──▶ waiting, or failed past the deadline
 *     held        ├──fail──────▶ effects ──▶ failed
 *                 └──throws────▶ retrying, or failed when refused for good or past the deadline
 */
export const walk = async <World, Subject>(options: Walk<World, Subject>): Promise<Walked> => {
  const { pipeline, journal, record } = options;
  const known = journal?.pipeline === undefined || journal.pipeline === pipeline.name ? journal : undefined;
  const notes = notebook(pipeline.name, known, record);
  const resumedAt = pipeline.phases.findIndex(({ name }) => name === known?.phase);
  for (const phase of pipeline.phases.slice(Math.max(0, resumedAt))) {
    const entered = enter(phase, options, known);
    notes.act(entered);
    if (entered.type === 'held') return notes.write();
    if (entered.type === 'skipped') continue;
    const stop = await work(phase, options, notes);
    if (stop) {
      notes.act(stop.action);
      return notes.write(stop.after);
    }
  }
  notes.act({ type: 'ended' });
  return notes.write();
};
