import { toStandardError } from '@godwit/devcluster';
import { type Cutover, cutOver, deploySmall, longestPhases, readyPlan, removeSmall } from '../migrations.ts';
import { startOperator } from '../operator.ts';
import { median, type Result, type Row } from '../row.ts';
import { openStage, type Stage } from '../stage.ts';

const SAMPLES = 3;

type Case = { name: string; withVolume: boolean; reference: number; goal: number; recorded: string };

const CASES: readonly Case[] = [
  { name: 'migration', withVolume: false, reference: 39.8, goal: 2, recorded: '36.7, 39.8, 45.7 s' },
  { name: 'migration-100-MB', withVolume: true, reference: 45.5, goal: 5, recorded: '42.8, 45.5, 71.2 s' },
];

const sample = async (stage: Stage, { name, withVolume }: Case, at: number): Promise<Cutover> => {
  const namespace = `bench-${name.toLowerCase()}-${at}`;
  await deploySmall(stage, namespace, withVolume);
  await readyPlan(stage, namespace);
  const cutover = await cutOver(stage, namespace);
  toStandardError(`  ${namespace}: ${(cutover.to - cutover.from) / 1000} s; ${longestPhases(cutover.run)}`);
  await removeSmall(stage, namespace);
  return cutover;
};

const measureCase = async (stage: Stage, each: Case): Promise<Result> => {
  const cutovers: Cutover[] = [];
  for (let at = 1; at <= SAMPLES; at += 1) cutovers.push(await sample(stage, each, at));
  const samples = cutovers.map(({ from, to }) => (to - from) / 1000);
  const last = cutovers.at(-1)?.run;
  return {
    name: each.name,
    ours: median(samples),
    reference: each.reference,
    unit: 's',
    referenceKind: 'recorded',
    goal: `≤ ${each.goal} s`,
    met: median(samples) <= each.goal,
    samples,
    note: `From creating the MigMigration to phase Completed, the plan ready and the images present, operator in a process of its own. Phases of the last run: ${last === undefined ? '' : longestPhases(last)}. Reference: ${each.recorded}, recorded once.`,
  };
};

/** How long the migration of a small application takes, without and with a volume. */
export const smallApplication: Row = {
  name: 'small-application',
  title: 'a small application, without and with a volume of 100 MB',
  measure: async () => {
    const stage = await openStage();
    const operator = startOperator(stage);
    try {
      const results: Result[] = [];
      for (const each of CASES) results.push(await measureCase(stage, each));
      return results;
    } finally {
      await operator.stop();
    }
  },
};
