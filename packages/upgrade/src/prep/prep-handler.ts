import type { ImageBasedUpgrade } from '@godwit/api';
import { advance, type Delay, type Phase, pipeline, wait } from '@godwit/controller';
import type { StageHandler, StageScope } from '../handler/stage-handler.ts';
import { type StagePipeline, walkStage } from '../handler/walk-stage.ts';
import { lookAtHealth } from '../health/look-at-health.ts';
import { MANIFEST_CODES } from '../manifests/validate-manifests.ts';
import { clearBackups } from './clear-backups.ts';
import { PREP_TASKS } from './job-phase.ts';
import type { PrepMeans } from './means.ts';
import { precache } from './precache-phase.ts';
import { rememberSeed } from './remember-seed.ts';
import { setUpStateroot } from './stateroot-phase.ts';
import { validate } from './validate.ts';

type PrepPhase = Phase<StageScope, ImageBasedUpgrade>;

const LOOK_AGAIN: Delay = '20s';

const waitForHealth = (problem: string) =>
  wait({ reason: 'Unhealthy', message: `Waiting for system to stabilize before Prep stage can continue: ${problem}` }, [], LOOK_AGAIN);

/** Nothing begins on a cluster that is not healthy. */
const stabilize: PrepPhase = {
  name: 'Stabilize',
  step: 'Stabilize',
  description: 'Waiting for the cluster to be healthy',
  deadlineSeconds: 3600,
  when: () => true,
  judge: async () => advance({ reason: 'Healthy', message: 'The cluster is healthy' }),
};

/** What is found to be wrong with the health of the cluster holds every phase, until the phase's time is over. */
const held = (phase: PrepPhase, problem: string | undefined): PrepPhase =>
  problem === undefined ? phase : { ...phase, judge: async () => waitForHealth(problem) };

/** The phases of Prep, in order. */
const prepPhases = (means: PrepMeans): readonly PrepPhase[] => [
  stabilize,
  validate(means),
  clearBackups,
  setUpStateroot(means),
  precache(means),
];

const WARNED =
  "Prep stage completed with extramanifests validation warning. Please check the annotation 'extra-manifest.lca.openshift.io/validation-warning' for details.";

const completed = ({ report }: StageScope): string =>
  (report.status().findings ?? []).some(({ code, severity }) => severity === 'Warning' && MANIFEST_CODES.includes(code))
    ? WARNED
    : 'Prep stage completed successfully';

const forgetTasks = async ({ tasks }: StageScope): Promise<void> => {
  for (const name of tasks.names()) if (name.startsWith(PREP_TASKS)) await tasks.forget(name);
};

/**
 * Prepares an upgrade: looks at the cluster's health in every round, validates, installs the release of the seed beside the running one, and
 * brings its images. A restart of the agent goes on where the journals stand.
 */
export const prepHandler = (means: PrepMeans): StageHandler => {
  const phases = prepPhases(means);
  return async (scope) => {
    const problem = await lookAtHealth(scope);
    const list: StagePipeline = pipeline(
      'Prep',
      phases.map((phase) => held(phase, problem)),
    );
    const outcome = await walkStage({ stage: 'Prep', choose: () => list, completed })(scope);
    if (outcome.type !== 'working') await forgetTasks(scope);
    if (outcome.type === 'completed') await rememberSeed(scope);
    return outcome;
  };
};
