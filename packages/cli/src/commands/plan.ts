import { MigPlan } from '@godwit/api';
import { planPrinting } from '../printers/columns.ts';
import { planLines } from '../printers/describe-plan.ts';
import { describeCommand } from './describe-command.ts';
import { getCommand } from './get-command.ts';
import { testCommand } from './test-command.ts';

/** `godwit plan get`. */
export const planGet = getCommand(MigPlan, planPrinting);
/** `godwit plan describe`. */
export const planDescribe = describeCommand('plan', MigPlan, planLines);
/** `godwit plan validate`. */
export const planValidate = testCommand('plan', 'validate', MigPlan, 'Has a plan checked and its volumes found again');
