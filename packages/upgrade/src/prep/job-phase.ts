import type { ImageBasedUpgrade } from '@godwit/api';
import { advance, type Delay, type Effect, fail, type Phase, type Progress, redact, wait } from '@godwit/controller';
import type { StageScope } from '../handler/stage-handler.ts';
import { taskOutcome } from '../handler/task-outcome.ts';
import { shortened } from '../host/shortened.ts';
import { jobText, type PrepJob } from './job-texts.ts';

/** A part of Prep that runs beside the rounds, and goes on after a restart of the agent where it was cut short. */
export type JobPhase = {
  /** Part of the history, too. */
  name: 'Stateroot' | 'Precache';
  description: string;
  job: PrepJob;
  deadlineSeconds: number;
  run: (scope: StageScope, signal: AbortSignal, tell: (progress: Progress) => void) => Promise<void>;
  /** What the condition says beside upstream's words while it runs. */
  detail?: (progress: Progress | undefined) => string;
  /** What else is to be changed when it begins, also once more after a restart. */
  effects?: (scope: StageScope) => Promise<readonly Effect[]>;
};

/** Names of tasks of Prep begin so. */
export const PREP_TASKS = 'Prep/';

const LOOK_AGAIN: Delay = '30s';
/** Longest reason that a condition carries; the journal has all of it. */
const MOST_CHARACTERS = 2000;

const isKnown = ({ report }: StageScope, name: string): boolean => (report.status().phases ?? []).some((each) => each.name === name);

/** A part of Prep as a phase. What its work throws fails Prep: the work has tried again by itself whatever was worth it. */
export const jobPhase = ({
  name,
  description,
  job,
  deadlineSeconds,
  run,
  detail,
  effects,
}: JobPhase): Phase<StageScope, ImageBasedUpgrade> => ({
  name,
  step: name,
  description,
  deadlineSeconds,
  when: () => true,
  judge: async (scope) => {
    const task = `${PREP_TASKS}${name}`;
    const outcome = taskOutcome(scope.tasks, task);
    if (outcome?.state === 'failed') {
      const why = outcome.error instanceof Error ? outcome.error.message : String(outcome.error);
      return fail({ reason: `${name}Failed`, message: jobText(job, 'failed', `: ${shortened(redact(why), MOST_CHARACTERS)}`) });
    }
    if (outcome?.state === 'done') return advance({ reason: `${name}Done`, message: `${description}: done` });
    const start: Effect = { do: 'task', name: task, about: description, run: (signal, tell) => run(scope, signal, tell) };
    if (outcome === undefined) {
      const text = jobText(job, isKnown(scope, name) ? 'working' : 'launched');
      return wait({ reason: name, message: text }, [...((await effects?.(scope)) ?? []), start], LOOK_AGAIN);
    }
    const progress = scope.tasks.progress(task);
    const message = jobText(job, 'working', detail?.(progress));
    return wait({ reason: name, message, ...(progress === undefined ? {} : { progress }) }, [start], LOOK_AGAIN);
  },
});
