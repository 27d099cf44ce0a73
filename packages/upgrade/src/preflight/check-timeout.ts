import { prepCodes } from '../prep/prep-findings.ts';
import { timeoutProblem } from '../stateroot/auto-rollback.ts';
import { failed, type PreflightCheck } from './check.ts';
import type { PreflightScope } from './scope.ts';

/** Whether the time that an upgrade may take can be counted; says nothing where it can. */
export const checkTimeout = async ({ upgrade }: PreflightScope): Promise<PreflightCheck[]> => {
  const problem = timeoutProblem(upgrade.spec?.autoRollbackOnFailure?.initMonitorTimeoutSeconds);
  const object = 'spec.autoRollbackOnFailure.initMonitorTimeoutSeconds';
  return problem === undefined ? [] : [failed(prepCodes.timeout, object, problem, 'Name fewer seconds, such as 1800')];
};
