import { writeFileSync } from 'node:fs';
import { toStandardError } from '@godwit/devcluster';
import { type Call, countCalls, frequentCalls } from '../calls.ts';
import { cutOver, deploySmall, readyPlan, removeSmall } from '../migrations.ts';
import { type RecordedOperator, startRecordedOperator } from '../operator.ts';
import type { Result, Row } from '../row.ts';
import { FOLDER, openStage, type Stage } from '../stage.ts';

type Case = { name: string; withVolume: boolean; reference: number; recorded: string };

const CASES: readonly Case[] = [
  { name: 'api-calls', withVolume: false, reference: 193, recorded: '127 to 137 on the source and 66 to 75 on the target' },
  { name: 'api-calls-100-MB', withVolume: true, reference: 1034, recorded: '659 to 699 on the source and 375 to 389 on the target' },
];

const callsBetween = ({ source, target }: RecordedOperator, from: number, to: number): Call[] =>
  [...source.calls, ...target.calls].filter(({ began }) => began >= from && began <= to);

const resultOf = ({ name, reference, recorded }: Case, calls: readonly Call[]): Result => {
  const { engine, velero, orchestration } = countCalls(calls);
  const ours = orchestration.source + orchestration.target;
  return {
    name,
    ours,
    reference,
    unit: 'calls',
    referenceKind: 'recorded',
    goal: '≤ 1/4 of upstream',
    met: ours <= reference / 4,
    samples: [ours],
    note: `Every request of the operator from creating the MigMigration to Completed, seen by a proxy before each API server: ${orchestration.source} to the source and ${orchestration.target} to the target for orchestration (lease and opened watches included). Apart are the engine's, which upstream are Velero's: ${velero.source} and ${velero.target} for velero.io objects (${frequentCalls(calls, 'velero', 4)}), ${engine.source} and ${engine.target} for what it lists of the application and creates of it. Most frequent of orchestration: ${frequentCalls(calls, 'orchestration', 12)}. Reference: ${recorded}, Velero's not counted; the smaller figures are taken.`,
  };
};

const measureCase = async (stage: Stage, operator: RecordedOperator, each: Case): Promise<Result> => {
  const namespace = `bench-${each.name.toLowerCase()}`;
  await deploySmall(stage, namespace, each.withVolume);
  await readyPlan(stage, namespace);
  const { from, to } = await cutOver(stage, namespace);
  const calls = callsBetween(operator, from, to);
  writeFileSync(`${FOLDER}/${each.name}.json`, calls.map((call) => JSON.stringify(call)).join('\n')); // for who wants fewer of them
  const result = resultOf(each, calls);
  toStandardError(`  ${namespace}: ${result.ours} calls`);
  await removeSmall(stage, namespace);
  return result;
};

/** How many requests a migration costs, those of the backup engine counted apart. */
export const apiCalls: Row = {
  name: 'api-calls',
  title: "the operator's requests for orchestration",
  measure: async () => {
    const stage = await openStage();
    const operator = await startRecordedOperator(stage);
    try {
      const results: Result[] = [];
      for (const each of CASES) results.push(await measureCase(stage, operator, each));
      return results;
    } finally {
      await operator.stop();
    }
  },
};
