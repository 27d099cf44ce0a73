import { expect, test } from 'vitest';
import type { Plan, Run } from './scope.ts';
import { validateRun } from './validate.ts';

const condition = (type: string) => ({ type, status: 'True', category: 'Advisory', lastTransitionTime: '2030-01-01T00:00:00Z' });

const plan = (spec: Partial<Plan['spec']> = {}, ...types: string[]): Plan => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigPlan',
  metadata: { namespace: 'openshift-migration', name: 'shop', uid: 'plan' },
  spec: { namespaces: ['shop'], ...spec } as Plan['spec'],
  status: { conditions: types.map(condition) },
});

const run = (name: string, spec: Partial<Run['spec']> = {}, ...types: string[]): Run => ({
  apiVersion: 'migration.openshift.io/v1alpha1',
  kind: 'MigMigration',
  metadata: { namespace: 'openshift-migration', name, uid: name, creationTimestamp: '2030-01-01T00:00:00Z' },
  spec: { migPlanRef: { namespace: 'openshift-migration', name: 'shop' }, stage: false, ...spec },
  status: {
    conditions: types.map(condition),
    ...(types.some((type) => type.startsWith('Succeeded') || type === 'Canceled') ? { phase: 'Completed' } : {}),
  },
});

const ready = plan({}, 'Ready');
const typesOf = (subject: Run, facts: { plan: Plan | undefined; runs: Run[] }) =>
  validateRun(subject, facts).map(({ type, reason }) => (reason === undefined ? type : `${type}/${reason}`));

test.each<[string, Run, Plan | undefined, Run[], string[]]>([
  ['a run of a ready plan may start', run('a'), ready, [run('a')], []],
  ['a run without a plan reference is refused', run('a', { migPlanRef: {} }), undefined, [], ['InvalidPlanRef/NotSet']],
  ['a run of an absent plan is refused', run('a'), undefined, [], ['InvalidPlanRef/NotFound']],
  ['a run of a plan that is not ready is refused', run('a'), plan(), [run('a')], ['PlanNotReady']],
  ['a run of a closed plan is refused', run('a'), plan({ closed: true }), [run('a')], ['PlanClosed']],
  ['M25: stage alone is valid', run('a', { stage: true }), ready, [], []],
  ['M25: rollback alone is valid', run('a', { rollback: true }), ready, [], []],
  ['M25: stage and rollback contradict each other', run('a', { stage: true, rollback: true }), ready, [], ['InvalidSpec/NotSupported']],
  [
    'M25: all three contradict each other',
    run('a', { stage: true, rollback: true, migrateState: true }),
    ready,
    [],
    ['InvalidSpec/NotSupported'],
  ],
  ['hooks are refused by name until they are built', run('a'), plan({ hooks: [{}] as never }, 'Ready'), [], ['InvalidSpec/NotSupported']],
  [
    'indirect volumes are refused by name until they are built',
    run('a'),
    plan({ indirectVolumeMigration: true }, 'Ready'),
    [],
    ['InvalidSpec/NotSupported'],
  ],
  [
    'disks of running machines are refused by name until they are built',
    run('a'),
    plan({ liveMigrate: true }, 'Ready'),
    [],
    ['InvalidSpec/NotSupported'],
  ],
  ['a second final migration is refused', run('b'), ready, [run('a', {}, 'Succeeded'), run('b')], ['HasFinalMigration']],
  [
    'a final migration with warnings counts as one',
    run('b'),
    ready,
    [run('a', {}, 'SucceededWithWarnings'), run('b')],
    ['HasFinalMigration'],
  ],
  ['a canceled final migration does not count', run('b'), ready, [run('a', {}, 'Canceled', 'Succeeded'), run('b')], []],
  [
    'a failed final migration does not block another one',
    run('b'),
    ready,
    [{ ...run('a', {}, 'Failed'), status: { phase: 'Completed', conditions: [condition('Failed')] } }, run('b')],
    [],
  ],
  ['a rollback is always allowed', run('b', { rollback: true }), ready, [run('a', {}, 'Succeeded'), run('b', { rollback: true })], []],
  ['a rollback clears the way', run('c'), ready, [run('a', {}, 'Succeeded'), run('b', { rollback: true }, 'Succeeded'), run('c')], []],
  ['a stage goes before an older final', run('a'), ready, [run('a'), run('b', { stage: true })], ['Postponed']],
  [
    'a later run waits for the one that is under way',
    run('b', { stage: true }),
    ready,
    [run('a', { stage: true }, 'Running'), run('b', { stage: true })],
    ['Postponed'],
  ],
  ['a canceled predecessor holds nobody up', run('b'), ready, [run('a', { canceled: true }), run('b')], []],
])('%s', (_title, subject, itsPlan, runs, expected) => {
  expect(typesOf(subject, { plan: itsPlan, runs })).toEqual(expected);
});

test('every refusal says what to do', () => {
  const [fault] = validateRun(run('a'), { plan: plan(), runs: [] });
  expect(fault).toMatchObject({ category: 'Critical', message: expect.stringContaining('kubectl describe migplan shop') });
});
