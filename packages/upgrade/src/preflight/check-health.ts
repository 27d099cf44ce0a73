import { healthFindings, judgeHealth } from '../health/judge-health.ts';
import { readHealth } from '../health/read-health.ts';
import { checksOf, type PreflightCheck, skipped } from './check.ts';
import type { PreflightScope } from './scope.ts';

/** The health checks that an upgrade waits for, each by itself. */
export const checkHealth = async ({ cluster, now }: PreflightScope): Promise<PreflightCheck[]> =>
  judgeHealth(await readHealth(cluster, now)).flatMap((judged) => {
    const { code, object } = judged.check;
    if (judged.judgement.outcome === 'not applicable') return [skipped(code, object, judged.judgement.why)];
    return checksOf(healthFindings([judged]), code, object, 'healthy');
  });
