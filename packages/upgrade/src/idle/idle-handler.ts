import { type ImageBasedUpgrade, upgradeMessages } from '@godwit/api';
import { advance, type Delay, delayOf, fail, type Phase, pipeline, timeOf } from '@godwit/controller';
import type { StageHandler, StageOutcome, StageScope } from '../handler/stage-handler.ts';
import { type StagePipeline, walkStage } from '../handler/walk-stage.ts';
import { withoutJournal } from '../report/journal.ts';
import { hasCleanupFailed } from '../stage/stage-conditions.ts';
import type { Cleanup } from '../stage/stage-event.ts';
import { cleanupPhase, IDLE_TASKS } from './cleanup-step.ts';
import { removeOwnBackups } from './remove-backups.ts';
import { endWatch, removePrecache, removeWarning, removeWorkspace } from './remove-leftovers.ts';
import { removeUnbootedStateroots } from './remove-stateroots.ts';
import { secondsToRetry } from './retry.ts';
import { stabilize } from './stabilize.ts';

/** Everything has been tried; what failed is told at once. */
const conclude: Phase<StageScope, ImageBasedUpgrade> = {
  name: 'Conclude',
  step: 'Cleanup',
  description: 'Looking whether everything is cleaned up',
  deadlineSeconds: 60,
  when: () => true,
  judge: async ({ report }) => {
    const errors = report.status().cleanup?.errors ?? [];
    return errors.length === 0
      ? advance({ reason: 'CleanedUp', message: 'Everything is cleaned up' })
      : fail({ reason: 'CleanupFailed', message: errors.join(' ') });
  },
};

const steps = [
  ...[endWatch, removeUnbootedStateroots, removePrecache, removeWarning, removeOwnBackups, removeWorkspace].map(cleanupPhase),
  conclude,
];

const lists: Record<Cleanup, StagePipeline> = {
  Abort: pipeline('Abort', steps),
  Finalize: pipeline('Finalize', [stabilize, ...steps]),
};

const cleanUp = walkStage({ stage: 'Idle', choose: ({ cleanup }) => lists[cleanup] });

const beginAgain = async ({ tasks, report }: StageScope): Promise<void> => {
  for (const name of tasks.names()) if (name.startsWith(IDLE_TASKS)) await tasks.forget(name);
  report.change(withoutJournal);
};

/** After a failure it is tried again by itself; how long until then, undefined: now. */
const restOf = ({ upgrade, report, clock }: StageScope): Delay | undefined => {
  const { phase, cleanup } = report.status();
  if (!hasCleanupFailed(upgrade.conditions()) || (phase !== undefined && cleanup?.failedAt === undefined)) return undefined;
  const seconds = secondsToRetry(cleanup ?? {}, clock.now());
  return seconds <= 0 ? undefined : delayOf(seconds);
};

const messageOf = ({ cleanup }: StageScope, phase: string | undefined, message: string): string => {
  if (phase === stabilize.name) return message;
  return cleanup === 'Abort' ? upgradeMessages.aborting : upgradeMessages.finalizing;
};

const noteEnd = (scope: StageScope, outcome: StageOutcome): void => {
  const { report, clock } = scope;
  report.change(({ cleanup, ...status }) => {
    if (outcome.type === 'completed') return withoutJournal(status);
    if (outcome.type === 'working') return { ...status, ...(cleanup === undefined ? {} : { cleanup }) };
    return { ...status, cleanup: { ...cleanup, attempts: (cleanup?.attempts ?? 0) + 1, failedAt: timeOf(clock.now()) } };
  });
};

/**
 * Takes an upgrade back to Idle: undoes what was begun (Abort), or tidies up what is done once the cluster is healthy (Finalize). All steps are
 * tried, and what failed is told together; then it is tried again by itself, later and later, until everything is gone.
 */
export const idleHandler: StageHandler = async (scope) => {
  const { report, upgrade } = scope;
  const rest = restOf(scope);
  if (rest !== undefined) return { type: 'working', message: '', after: rest };
  if (report.status().cleanup?.failedAt !== undefined) await beginAgain(scope);
  const isNew = report.status().itinerary !== lists[scope.cleanup].name || report.status().phase === undefined;
  if (isNew) {
    const attempts = hasCleanupFailed(upgrade.conditions()) ? report.status().cleanup?.attempts : undefined;
    report.change(({ cleanup: _, ...status }) => ({ ...status, ...(attempts === undefined ? {} : { cleanup: { attempts } }) }));
  }
  const outcome = await cleanUp(scope);
  noteEnd(scope, outcome);
  if (outcome.type !== 'working') return outcome;
  return { ...outcome, message: messageOf(scope, report.status().phase, outcome.message) };
};
