import type { ImageBasedUpgrade } from '@godwit/api';
import { advance, type Delay, phaseOf, wait } from '@godwit/controller';
import type { StageScope } from '../handler/stage-handler.ts';
import { lookAtHealth } from '../health/look-at-health.ts';

const LOOK_AGAIN: Delay = '20s';

/** Nothing is taken away before the cluster is healthy on what it keeps. */
export const stabilize = phaseOf<StageScope, ImageBasedUpgrade>()({
  name: 'Stabilize',
  step: 'Stabilize',
  description: 'Waiting for the cluster to be healthy',
  deadlineSeconds: 3600,
  observe: (scope) => lookAtHealth(scope),
  decide: (problem) =>
    problem === undefined
      ? advance({ reason: 'Healthy', message: 'The cluster is healthy' })
      : wait(
          {
            reason: 'Unhealthy',
            message: `Waiting for system to stabilize before finalize (idle) stage can continue: ${problem}`,
          },
          [],
          LOOK_AGAIN,
        ),
});
