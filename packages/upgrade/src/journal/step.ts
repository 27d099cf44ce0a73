import type { Clock } from '@godwit/controller';

/** What a step is told while it runs. */
type StepRun = {
  /** Ends the step: the run was cancelled, or the step's time is over. */
  readonly signal: AbortSignal;
  /** Bytes done of all bytes of this step. */
  bytes(done: number, total: number): void;
};

/**
 * One step of a list that survives a kill at any point: it may be run again after it ran in part or as a whole.
 * What later steps need of it, it returns; the journal keeps it.
 */
export type Step<World, Facts> = {
  readonly name: string;
  /** A sentence: what happens. */
  readonly does: string;
  /** A sentence: what takes it back. */
  readonly undo: string;
  readonly timeoutSeconds: number;
  /** How often it is tried before the list fails. Default 1. */
  readonly attempts?: number;
  /** Whether what the step made is still there; a step without this question keeps what it made. */
  holds?(world: World, facts: Partial<Facts>): Promise<boolean>;
  run(world: World, facts: Partial<Facts>, run: StepRun): Promise<Partial<Facts> | undefined>;
};

/** A fact that an earlier step must have left. */
export const known = <Facts, Name extends keyof Facts>(facts: Partial<Facts>, name: Name): NonNullable<Facts[Name]> => {
  const value = facts[name];
  if (value === undefined || value === null) throw new Error(`The journal does not know ${String(name)}; remove it and start again`);
  return value;
};

/** Runs the work with a signal that also ends when the time is over. */
export const within = async <T>(
  clock: Clock,
  seconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const timer = new AbortController();
  const timeout = new AbortController();
  clock.sleep(seconds, timer.signal).then(
    () => timeout.abort(new Error(`it took longer than ${seconds} seconds`)),
    () => {},
  );
  try {
    return await work(AbortSignal.any([outer, timeout.signal]));
  } catch (error) {
    throw timeout.signal.aborted ? timeout.signal.reason : error;
  } finally {
    timer.abort();
  }
};
