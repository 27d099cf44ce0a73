import { advance, type Delay, wait } from '@godwit/controller';
import type { Tier } from '../health/check.ts';
import { lookAtHealth } from '../health/look-at-health.ts';
import { actingPhase, says } from './phase.ts';

const LOOK_AGAIN: Delay = '20s';

/** Waits until the cluster is healthy; `waiting` is the message before the reason. */
export const healthPhase = (name: string, step: string, tiers: Tier | 'all', waiting: string) =>
  actingPhase({
    name,
    step,
    act: async (scope) => {
      const problem = await lookAtHealth(scope, tiers);
      return problem === undefined
        ? advance(says('Healthy', 'The cluster is healthy'))
        : wait(says('Unhealthy', `${waiting}: ${problem}`), [], LOOK_AGAIN);
    },
    onError: (text) => wait(says('Unreachable', `${waiting}: ${text}`), [], LOOK_AGAIN),
  });
