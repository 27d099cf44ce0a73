import type { StageScope } from '../handler/stage-handler.ts';
import type { Tier } from './check.ts';
import { healthCodes, healthFindings, judgeHealth, whyUnhealthy } from './judge-health.ts';
import { readHealth } from './read-health.ts';

/** Reads the health of the cluster, notes all that is wrong in the report, and says what blocks; undefined: nothing. */
export const lookAtHealth = async ({ cluster, clock, report }: StageScope, tiers: Tier | 'all' = 'all'): Promise<string | undefined> => {
  const judged = judgeHealth(await readHealth(cluster, clock.now()));
  report.found(healthCodes, healthFindings(judged));
  return whyUnhealthy(judged, tiers);
};
