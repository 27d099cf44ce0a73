import type { Verdict } from './verdict.ts';

/** A phase of a pipeline: reads, then decides. `step` is the group under which users see it. */
export type Phase<World, Subject> = {
  readonly name: string;
  readonly step: string;
  /** The human sentence that `status.pipeline[].message` shows while the phase runs. */
  readonly description: string;
  /** Seconds after which the phase fails with reason `<name>DeadlineExceeded`; the engine measures from the phase's recorded start. */
  readonly deadlineSeconds: number;
  /** Whether the phase applies; asked with the facts of the world that are cheap (already cached). */
  readonly when: (world: World, subject: Subject) => boolean;
  /** Observe and decide in a row; hides the type of the facts. */
  readonly judge: (world: World, subject: Subject) => Promise<Verdict>;
};

/** What a domain writes down for a phase; `Facts` is what `observe` reads and `decide` judges. */
export type PhaseDefinition<World, Subject, Facts> = {
  name: string;
  step: string;
  description: string;
  /** Default 600. */
  deadlineSeconds?: number;
  when?: (world: World, subject: Subject) => boolean;
  observe: (world: World, subject: Subject) => Promise<Facts>;
  decide: (facts: Facts, subject: Subject) => Verdict;
};

/** Fixes world and subject once per domain, so that a phase definition infers its facts. */
export const phaseOf =
  <World, Subject>() =>
  <Facts>(definition: PhaseDefinition<World, Subject, Facts>): Phase<World, Subject> & PhaseDefinition<World, Subject, Facts> => ({
    ...definition,
    deadlineSeconds: definition.deadlineSeconds ?? 600,
    when: definition.when ?? (() => true),
    judge: async (world, subject) => definition.decide(await definition.observe(world, subject), subject),
  });

/** A list of phases that a person can read aloud. */
export type Pipeline<World, Subject> = { readonly name: string; readonly phases: readonly Phase<World, Subject>[] };

/** Declares a pipeline. */
export const pipeline = <World, Subject>(name: string, phases: readonly Phase<World, Subject>[]): Pipeline<World, Subject> => ({
  name,
  phases,
});
