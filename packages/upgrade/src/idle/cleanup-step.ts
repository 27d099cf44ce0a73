import type { ImageBasedUpgrade, UpgradeFinding } from '@godwit/api';
import { advance, type Phase, redact, type Said, wait } from '@godwit/controller';
import type { StageScope } from '../handler/stage-handler.ts';
import { taskOutcome } from '../handler/task-outcome.ts';
import type { UpgradeWorld } from '../world.ts';

/** A step of cleaning up has failed: what the condition says of it, and what was found in detail. */
export class CleanupError extends Error {
  override readonly name = 'CleanupError';
  readonly findings: readonly UpgradeFinding[];
  constructor(message: string, findings: readonly UpgradeFinding[] = []) {
    super(message);
    this.findings = findings;
  }
}

/** A part of cleaning up. It runs beside the rounds, begins again after a restart of the agent, and does nothing where nothing is left. */
export type CleanupStep = {
  name: string;
  description: string;
  /** Seconds after which it has failed. */
  limitSeconds: number;
  run: (world: UpgradeWorld, signal: AbortSignal) => Promise<void>;
  /** What is to be noted in the report when it has run. */
  finish?: (scope: StageScope) => Promise<void>;
  /** Codes of the findings that it may have. */
  codes?: readonly string[];
};

/** Names of tasks of this stage begin so. */
export const IDLE_TASKS = 'Idle/';

const bounded = async ({ name, limitSeconds, run }: CleanupStep, world: UpgradeWorld, signal: AbortSignal): Promise<void> => {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const late = world.clock.sleep(limitSeconds, both).then(() => {
    throw new CleanupError(`${name} did not end within ${limitSeconds} seconds`);
  });
  try {
    await Promise.race([run(world, both), late]);
  } finally {
    stop.abort();
    await late.catch(() => {});
  }
};

const noteFailure = ({ report, log }: StageScope, { name, codes = [] }: CleanupStep, error: unknown): Said => {
  const message = redact(error instanceof Error ? error.message : String(error));
  log.error({ err: error, step: name }, 'a step of cleaning up has failed');
  report.found(codes, error instanceof CleanupError ? error.findings : []);
  report.change((status) => ({
    ...status,
    cleanup: { ...status.cleanup, errors: [...new Set([...(status.cleanup?.errors ?? []), message])] },
  }));
  return { reason: `${name}Failed`, message };
};

const DONE = (description: string): Said => ({ reason: 'Done', message: `${description}: done` });

/** A step of cleaning up as a phase. A failure is noted and does not keep the next steps from being done. */
export const cleanupPhase = (step: CleanupStep): Phase<StageScope, ImageBasedUpgrade> => ({
  name: step.name,
  step: 'Cleanup',
  description: step.description,
  deadlineSeconds: step.limitSeconds * 2,
  when: () => true,
  judge: async (scope) => {
    const task = `${IDLE_TASKS}${step.name}`;
    const outcome = taskOutcome(scope.tasks, task);
    if (outcome?.state === 'failed') return advance(noteFailure(scope, step, outcome.error));
    if (outcome?.state === 'done') {
      scope.report.found(step.codes ?? [], []);
      await step.finish?.(scope);
      return advance(DONE(step.description));
    }
    return wait({ reason: step.name, message: step.description }, [
      { do: 'task', name: task, about: step.description, run: (signal) => bounded(step, scope, signal) },
    ]);
  },
});
