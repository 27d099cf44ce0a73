import type { Category } from '@godwit/api';
import { isTrue } from '@godwit/controller';
import { copiedVolumes } from './flags.ts';
import { holds } from './plan-runs.ts';
import type { Plan, Run } from './scope.ts';

/** What is wrong with a run before it starts. */
export type Fault = { type: string; reason?: string; category: Category; message: string };

/** What validation looks at: the plan, if it is there, and every run of it, oldest first. */
export type Facts = { plan: Plan | undefined; runs: readonly Run[] };

const fault = (type: string, reason: string | undefined, message: string): Fault => ({
  type,
  ...(reason === undefined ? {} : { reason }),
  category: 'Critical',
  message,
});

const planHolds = (plan: Plan, type: string): boolean => isTrue(plan.status?.conditions, type);

const planReference = ({ spec }: Run, { plan }: Facts): Fault[] => {
  const reference = spec.migPlanRef;
  if (!reference?.name || !reference.namespace)
    return [fault('InvalidPlanRef', 'NotSet', 'The `migPlanRef` must reference a valid `migplan`: set its name and namespace.')];
  if (plan === undefined)
    return [
      fault(
        'InvalidPlanRef',
        'NotFound',
        `The \`migPlanRef\` names ${reference.namespace}/${reference.name}, which does not exist; see: kubectl get migplan -n ${reference.namespace}`,
      ),
    ];
  return [];
};

const planState = (_run: Run, { plan }: Facts): Fault[] => {
  if (plan === undefined) return [];
  const name = plan.metadata.name;
  if (plan.spec.closed === true)
    return [fault('PlanClosed', undefined, `The associated migration plan ${name} is closed; create a new plan.`)];
  return planHolds(plan, 'Ready')
    ? []
    : [fault('PlanNotReady', undefined, `The referenced migration plan ${name} is not ready; see: kubectl describe migplan ${name}`)];
};

const contradictions = ({ spec }: Run): Fault[] => {
  const wanted = (['stage', 'migrateState', 'rollback'] as const).filter((flag) => spec[flag] === true);
  if (wanted.length < 2) return [];
  return [
    fault('InvalidSpec', 'NotSupported', `Only one of stage, migrateState and rollback can be set; this run sets ${wanted.join(' and ')}.`),
  ];
};

const renamed = ({ spec }: Plan): boolean => copiedVolumes({ spec } as Plan).some(({ pvc }) => (pvc?.name ?? '').includes(':'));

/** What this version cannot do is refused by name: a run that leaves a part out would look like a success. */
const unsupported = ({ spec }: Run, { plan }: Facts): Fault[] => {
  if (plan === undefined || spec.rollback === true) return [];
  const moved = (plan.spec.persistentVolumes ?? []).filter(
    ({ selection }) => selection.action === 'move' || selection.copyMethod === 'snapshot',
  );
  const parts = [
    ...(spec.migrateState === true ? ['spec.migrateState of the run'] : []),
    ...(plan.spec.indirectVolumeMigration === true ? ['indirectVolumeMigration of the plan'] : []),
    ...(plan.spec.liveMigrate === true ? ['liveMigrate of the plan'] : []),
    ...((plan.spec.hooks ?? []).length > 0 ? ['hooks of the plan'] : []),
    ...(moved.length > 0 ? [`move or snapshot of ${moved.map(({ name }) => name).join(', ')}`] : []),
    ...(renamed(plan) ? ['renamed claims'] : []),
  ];
  return parts.length === 0
    ? []
    : [fault('InvalidSpec', 'NotSupported', `This version does not support: ${parts.join('; ')}. Change the plan or the run.`)];
};

const succeeded = (run: Run): boolean => !holds(run, 'Canceled') && (holds(run, 'Succeeded') || holds(run, 'SucceededWithWarnings'));
const isFinal = ({ spec }: Run): boolean => spec.stage !== true && spec.migrateState !== true && spec.rollback !== true;

/** A final run that stands in the way, looking back to the last successful rollback (G-M47). */
const finalMigration = (run: Run, { runs }: Facts): Fault[] => {
  if (run.spec.rollback === true) return [];
  const since = runs.findLastIndex((other) => other.spec.rollback === true && succeeded(other));
  const others = runs
    .slice(since + 1)
    .filter((other) => other.metadata.uid !== run.metadata.uid && isFinal(other) && other.spec.canceled !== true);
  const blocks = (other: Run) => succeeded(other) || (run.spec.stage === true && (holds(other, 'Running') || holds(other, 'Failed')));
  const holder = others.find(blocks);
  return holder === undefined
    ? []
    : [
        fault(
          'HasFinalMigration',
          undefined,
          `The associated migration plan has already the final migration ${holder.metadata.name}; roll it back first.`,
        ),
      ];
};

const rank = ({ spec }: Run): number => (spec.stage === true ? 0 : 1);

/** Runs of one plan take turns: stages first, then by age. Ended, canceled and blocked ones hold nobody up (G-M7). */
const turn = (run: Run, { runs }: Facts): Fault[] => {
  const waiting = runs
    .filter(
      (other) =>
        other.status?.phase !== 'Completed' &&
        (other.metadata.uid === run.metadata.uid ||
          (other.spec.canceled !== true && !holds(other, 'InvalidSpec') && !holds(other, 'HasFinalMigration'))),
    )
    .toSorted((a, b) => Number(holds(b, 'Running')) - Number(holds(a, 'Running')) || rank(a) - rank(b));
  const first = waiting[0];
  if (first === undefined || first.metadata.uid === run.metadata.uid) return [];
  return [
    fault(
      'Postponed',
      undefined,
      `Postponed until ${first.metadata.name} has ended, ${waiting.findIndex(({ metadata }) => metadata.uid === run.metadata.uid)} runs ahead.`,
    ),
  ];
};

const checks = [planReference, planState, contradictions, unsupported, finalMigration, turn] as const;

/** Everything that keeps a run from starting, in the order of application-migration 3.2. Pure. */
export const validateRun = (run: Run, facts: Facts): Fault[] => checks.flatMap((check) => check(run, facts));
