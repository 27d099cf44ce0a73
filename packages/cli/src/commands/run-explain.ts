import { MigPlan } from '@godwit/api';
import { choose, openScope, type Run, type Scope } from '@godwit/migration';
import { printEffects, readingWorld, settingsFrom } from '@godwit/operator';
import { command } from '../command.ts';
import type { Invocation } from '../invocation.ts';
import { found } from '../lookup.ts';
import { hasEnded, stateOfRun } from '../printers/run-facts.ts';
import { tableLines } from '../printers/table.ts';
import { foundPlanRun } from '../runs.ts';

/** `godwit run explain`: the phases that a run walks, and what the next one asks for. */
export const runExplain = command({
  words: ['run', 'explain'],
  summary: 'Shows the phases that a run walks and the changes that the present one asks for; nothing is changed',
  takes: [['<run>', 'name of the run']],
  examples: [['Explain a run', 'run explain shop-1']],
  run: async (invocation, [text = '']) => {
    const { terminal } = invocation;
    const run = await foundPlanRun(invocation, text, 'explained');
    const plan = await found(invocation, 'plan', MigPlan, run.spec.migPlanRef?.name ?? '');
    const pipeline = choose(run);
    const done = new Map((run.status?.phases ?? []).map((each) => [each.name, each.completed === undefined ? 'now' : 'done']));
    const rows = pipeline.phases.map(({ name, step, description }) => [done.get(name) ?? 'ahead', name, step, description]);
    for (const line of [`${pipeline.name}:`, ...tableLines(['WHEN', 'PHASE', 'STEP', 'WHAT'], rows)]) terminal.out(line);
    if (hasEnded(run)) {
      terminal.out(`\nThe run is over: ${stateOfRun(run)}.`);
      return undefined;
    }
    for (const line of await nextEffects(invocation, run, plan)) terminal.out(line);
    return undefined;
  },
});

/** The phase that is under way, else the first one ahead that applies. */
const undecided = (run: Run, scope: Scope) => {
  const done = new Set((run.status?.phases ?? []).filter(({ completed }) => completed !== undefined).map(({ name }) => name));
  const { phases } = choose(run);
  return (
    phases.find(({ name }) => name === run.status?.phase && !done.has(name)) ??
    phases.find((phase) => !done.has(phase.name) && phase.when(scope, run))
  );
};

const nextEffects = async (invocation: Invocation, run: Run, plan: MigPlan): Promise<string[]> => {
  const { environment, namespace } = invocation;
  const { world, close } = readingWorld(invocation.client(), settingsFrom(environment, { namespace }));
  try {
    const scope = await openScope(world, run, plan);
    const phase = undecided(run, scope);
    if (phase === undefined) return ['', 'All phases are done.'];
    const verdict = await phase.judge(scope, run);
    return [
      '',
      `${phase.name} would ${verdict.outcome}: ${verdict.said.message}`,
      ...printEffects(verdict.effects).map((line) => `  ${line}`),
    ];
  } finally {
    await close();
  }
};
