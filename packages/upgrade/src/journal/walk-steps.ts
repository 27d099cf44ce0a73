import { rename } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { type Clock, redact, timeOf } from '@godwit/controller';
import { type JournalRecord, readJournal, type StepRecord, writeJournal } from './journal-file.ts';
import { type Step, within } from './step.ts';

/** Where a walk stands: the step that runs, counted from 1, and its bytes where it moves any. */
export type StepProgress = {
  readonly step: string;
  readonly number: number;
  readonly count: number;
  readonly bytes?: { readonly done: number; readonly total: number };
};

/** A list of steps to walk, and who is told how it goes. */
export type StepWalk<World, Facts> = {
  readonly list: string;
  readonly steps: readonly Step<World, Facts>[];
  readonly world: World;
  readonly clock: Clock;
  /** The file of the journal. */
  readonly path: string;
  /** What was asked for; a journal of something else is put aside. Plain JSON, no secrets. */
  readonly inputs: unknown;
  /** Whether the result of a completed walk is still there; if not, the walk begins anew. */
  stands(facts: Partial<Facts>): Promise<boolean>;
  readonly signal: AbortSignal;
  progress?(progress: StepProgress): void;
  /** Told after each change of the journal. */
  written?(record: JournalRecord): void;
};

const factsOf = <Facts>({ steps }: JournalRecord): Partial<Facts> =>
  Object.assign({}, ...steps.filter(({ completedAt }) => completedAt !== undefined).map(({ outputs }) => outputs)) as Partial<Facts>;

const PAUSE_SECONDS = 2;

/** Takes the journal of an earlier walk for the same thing, or begins one; another one is kept beside it. */
const openJournal = async <World, Facts>(walk: StepWalk<World, Facts>): Promise<JournalRecord> => {
  const found = await readJournal(walk.path);
  const plain: unknown = JSON.parse(JSON.stringify(walk.inputs));
  const same = found !== undefined && found.list === walk.list && isDeepStrictEqual(found.inputs, plain);
  if (same && (found.completedAt === undefined || (await walk.stands(factsOf(found))))) return found;
  if (found !== undefined) await rename(walk.path, walk.path.replace(/(\.json)?$/, '.previous.json'));
  return { list: walk.list, inputs: plain, startedAt: timeOf(walk.clock.now()), steps: [] };
};

/** Walks the list from where the journal stands, and returns what the steps found out. Throws what a step threw after its last attempt. */
export const walkSteps = async <World, Facts>(walk: StepWalk<World, Facts>): Promise<Partial<Facts>> => {
  let journal = await openJournal(walk);
  const now = (): string => timeOf(walk.clock.now());
  const save = async (next: JournalRecord): Promise<void> => {
    journal = next;
    await writeJournal(walk.path, next);
    walk.written?.(next);
  };
  const record = (entry: StepRecord): Promise<void> =>
    save({ ...journal, steps: [...journal.steps.filter(({ name }) => name !== entry.name), entry] });

  const attempt = async (step: Step<World, Facts>, number: number): Promise<void> => {
    const { name, does, undo, timeoutSeconds } = step;
    const before = journal.steps.find((each) => each.name === name);
    const entry: StepRecord = { name, does, undo, timeoutSeconds, startedAt: now(), attempts: (before?.attempts ?? 0) + 1 };
    await record(entry);
    const told = { step: name, number, count: walk.steps.length };
    walk.progress?.(told);
    try {
      const outputs = await within(walk.clock, timeoutSeconds, walk.signal, (signal) =>
        step.run(walk.world, factsOf(journal), { signal, bytes: (done, total) => walk.progress?.({ ...told, bytes: { done, total } }) }),
      );
      await record({ ...entry, completedAt: now(), ...(outputs && { outputs }) });
    } catch (error) {
      await record({ ...entry, failure: redact(error instanceof Error ? error.message : String(error)) });
      throw error;
    }
  };

  const run = async (step: Step<World, Facts>, number: number): Promise<void> => {
    for (let left = step.attempts ?? 1; ; left -= 1) {
      try {
        return await attempt(step, number);
      } catch (error) {
        if (left <= 1 || walk.signal.aborted) throw error;
        await walk.clock.sleep(PAUSE_SECONDS, walk.signal);
      }
    }
  };

  const isDone = async (step: Step<World, Facts>): Promise<boolean> => {
    const entry = journal.steps.find(({ name }) => name === step.name);
    return entry?.completedAt !== undefined && (await (step.holds?.(walk.world, factsOf(journal)) ?? true));
  };

  if (journal.completedAt !== undefined) return factsOf(journal);
  let again = false;
  for (const [index, step] of walk.steps.entries()) {
    walk.signal.throwIfAborted();
    // What a later step made rests on what an earlier one made: one that runs again makes all after it run again.
    if (!again && (await isDone(step))) continue;
    again = true;
    await run(step, index + 1);
  }
  await save({ ...journal, completedAt: now() });
  return factsOf(journal);
};
