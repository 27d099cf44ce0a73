import type { MtcClaim } from '@godwit/controller';
import type { Check } from '../../shared/check.ts';
import { critical } from '../../shared/claim.ts';
import type { PlanFacts } from '../facts.ts';

type PlanCheck = Check<PlanFacts>;
type PlanHook = NonNullable<PlanFacts['plan']['spec']['hooks']>[number];

const PHASES = ['PreBackup', 'PostBackup', 'PreRestore', 'PostRestore'];
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

const hookName = ({ reference }: PlanHook): string => `${reference.namespace ?? ''}/${reference.name ?? ''}`;

const each = (
  type: string,
  reason: string,
  name: string,
  message: string,
  isBad: (hook: PlanHook, facts: PlanFacts, index: number) => boolean,
): PlanCheck => ({
  name,
  types: [type],
  judge: (facts): MtcClaim[] => {
    const bad = (facts.plan.spec.hooks ?? []).filter((hook, index) => isBad(hook, facts, index)).map(hookName);
    return bad.length === 0 ? [] : [critical(type, reason, message, [...new Set(bad)])];
  },
});

/** The hooks of a plan: they exist, are ready, and say where, as whom and when they run. */
export const hookChecks: readonly PlanCheck[] = [
  each(
    'InvalidHookRef',
    'NotFound',
    'references to no hook',
    'Hooks [] do not exist. Create the MigHooks, or correct spec.hooks[].reference.',
    (_hook, { hooks }, index) => hooks[index]?.state !== 'found',
  ),
  each(
    'InvalidHookSAName',
    'NotSet',
    'hooks without a service account',
    'Hooks [] need a serviceAccount with a valid name. Set spec.hooks[].serviceAccount.',
    ({ serviceAccount }) => !DNS_SUBDOMAIN.test(serviceAccount),
  ),
  each(
    'InvalidHookNSName',
    'NotSet',
    'hooks without a namespace',
    'Hooks [] need an executionNamespace with a valid name. Set spec.hooks[].executionNamespace.',
    ({ executionNamespace }) => !DNS_LABEL.test(executionNamespace),
  ),
  each(
    'HookNotReady',
    '',
    'hooks that are not ready',
    'Hooks [] do not have a `Ready` condition. See kubectl describe mighook.',
    (_hook, { hooks }, index) => {
      const hook = hooks[index];
      return hook?.state === 'found' && !hook.ready;
    },
  ),
  each(
    'HookPhaseUnknown',
    '',
    'hooks of an unknown phase',
    `Hooks [] name an unknown phase. Use one of ${PHASES.join(', ')}.`,
    ({ phase }) => !PHASES.includes(phase),
  ),
  each(
    'HookPhaseDuplicate',
    '',
    'two hooks of one phase',
    'Hooks [] share a phase with another hook. Keep one hook for each phase.',
    (hook, { plan }) => (plan.spec.hooks ?? []).filter(({ phase }) => phase === hook.phase).length > 1,
  ),
];
