import { inParallel } from '../in-parallel.ts';
import { awaitDefinitions } from './await-definitions.ts';
import type { Outcome } from './outcome.ts';
import type { PlanItem } from './plan.ts';
import { restoreOne } from './restore-one.ts';
import type { RestoreRun } from './restore-run.ts';
import { DEFINITIONS_WAVE } from './waves.ts';

const IN_FLIGHT = 128;

const byWave = (plan: readonly PlanItem[]): [number, PlanItem[]][] => {
  const waves = new Map<number, PlanItem[]>();
  for (const item of plan) {
    const list = waves.get(item.wave) ?? [];
    list.push(item);
    waves.set(item.wave, list);
  }
  return [...waves].sort(([a], [b]) => a - b);
};

/** Restores a plan wave by wave, many items of a wave at once; the outcomes come in the order of the plan. */
export const restorePlan = async (
  run: RestoreRun,
  plan: readonly PlanItem[],
  onOutcome: (outcome: Outcome) => void,
): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (const [wave, items] of byWave(plan)) {
    const done = await inParallel(items, IN_FLIGHT, async (item) => {
      const outcome = await restoreOne(run, item);
      onOutcome(outcome);
      return outcome;
    });
    outcomes.push(...done);
    if (wave === DEFINITIONS_WAVE) await awaitDefinitions(run, done);
  }
  return outcomes;
};
