import { ImageBasedUpgrade, type Stage, UPGRADE_NAME } from '@godwit/api';
import { timeOf } from '@godwit/controller';
import { wayOut } from '../annotations/ways-out.ts';
import type { StageOutcome, StageScope } from '../handler/stage-handler.ts';
import { withoutJournal } from '../report/journal.ts';
import { disarm } from '../rollback/deadline.ts';
import { keepBooted } from '../rollback/keep-booted.ts';
import { clearInvalid } from '../stage/clear-invalid.ts';
import { completeStage, startStage } from '../stage/history.ts';
import { observeGeneration } from '../stage/observe-generation.ts';
import { hasCleanupFailed } from '../stage/stage-conditions.ts';
import type { StageEvent } from '../stage/stage-event.ts';
import { isTransitionRequested, transitionOf } from '../stage/transition.ts';
import { validNextStages } from '../stage/valid-next-stages.ts';
import { keepRunning } from './keep-running.ts';

const situationOf = ({ upgrade, afterPivot }: StageScope) => ({ stage: upgrade.stage(), conditions: upgrade.conditions(), afterPivot });

/** Long work and the journal of what was done before end where something else begins. */
const beginAnew = async ({ tasks, report }: StageScope): Promise<void> => {
  for (const name of tasks.names()) await tasks.forget(name);
  report.change(withoutJournal);
};

const forgetExpiration = ({ upgrade }: StageScope): void =>
  upgrade.change((status) => ({ ...status, rollbackAvailabilityExpiration: undefined }));

const begin = async (scope: StageScope, event: StageEvent): Promise<void> => {
  // an upgrade whose object was deleted after a failed rollback (2.8) never came by Idle, where the watch ends
  const isPreparing = event.type === 'entered' && event.stage === 'Prep';
  if (isPreparing) await disarm(scope.host.root);
  if (isPreparing || event.type === 'cleanedUp') await keepRunning(scope.host, scope.deployments);
  if (event.type !== 'refused') {
    scope.upgrade.change((status) => ({ ...status, conditions: clearInvalid(status.conditions ?? []) }));
    await beginAnew(scope);
  }
  scope.upgrade.tell(event);
  if (event.type === 'cleanedUp' || (event.type === 'entered' && event.stage === 'Rollback')) forgetExpiration(scope);
};

/** Lets the wanted stage begin, or says why it may not. */
export const followSpec = async (scope: StageScope): Promise<void> => {
  const situation = situationOf(scope);
  if (isTransitionRequested(situation)) await begin(scope, transitionOf(situation));
};

/** Takes a way out of a failure that a person has asked for. What is done on the host comes first, then the annotation is used up. */
export const followAnnotations = async (scope: StageScope): Promise<void> => {
  const { annotations } = scope.upgrade.current().metadata;
  const way = wayOut(scope.upgrade.conditions(), annotations);
  if (way === undefined) return;
  if (way.event.type === 'accepted') await keepBooted(scope.host);
  await scope.cluster.patch(ImageBasedUpgrade, { name: UPGRADE_NAME }, { metadata: { annotations: { [way.key]: null } } });
  await begin(scope, way.event);
};

/** Notes in the history that the handler of a stage runs. Of Idle there is no history. */
export const noteStart = ({ upgrade, clock }: StageScope, stage: Stage): void =>
  upgrade.change((status) => {
    if (upgrade.stage() === 'Idle') return { ...status, history: [] };
    return { ...status, history: [...startStage(status.history ?? [], stage, timeOf(clock.now()))] };
  });

const eventOf = (scope: StageScope, stage: Stage, outcome: StageOutcome): StageEvent | undefined => {
  const { cleanup } = scope;
  if (stage !== 'Idle')
    switch (outcome.type) {
      case 'working':
        return { type: 'progressed', stage, message: outcome.message };
      case 'failed':
        return { type: 'failed', stage, message: outcome.message };
      case 'completed':
        return { type: 'completed', stage, ...(outcome.message === undefined ? {} : { message: outcome.message }) };
    }
  switch (outcome.type) {
    case 'working':
      // a failure stands until it is mended, also while cleaning up is tried again
      return hasCleanupFailed(scope.upgrade.conditions()) ? undefined : { type: 'cleaningUp', cleanup, message: outcome.message };
    case 'failed':
      return { type: 'cleanupFailed', cleanup, errors: outcome.message };
    case 'completed':
      return { type: 'cleanedUp' };
  }
};

/** Says what a round of a stage's handler came to. */
export const noteOutcome = (scope: StageScope, stage: Stage, outcome: StageOutcome): void => {
  const event = eventOf(scope, stage, outcome);
  if (event === undefined) return;
  scope.upgrade.tell(event);
  const now = timeOf(scope.clock.now());
  if (event.type === 'cleanedUp') forgetExpiration(scope);
  if (event.type === 'completed')
    scope.upgrade.change((status) => ({ ...status, history: [...completeStage(status.history ?? [], stage, now)] }));
};

/** Says which stages may be asked for now and which generation this is about, and writes it all. */
export const settle = async (scope: StageScope): Promise<void> => {
  const { upgrade, report } = scope;
  const stages = validNextStages(situationOf(scope));
  const { generation } = upgrade.current().metadata;
  upgrade.change((status) => ({
    ...status,
    conditions: observeGeneration(status.conditions ?? [], upgrade.stage(), generation),
    validNextStages: stages.length === 0 ? undefined : [...stages],
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  }));
  await report.write();
  await upgrade.write();
};
