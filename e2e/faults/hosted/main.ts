import type { Progress } from '@godwit/devcluster';
import { printTable, type Row } from '../table.ts';
import { badInputRow } from './bad-input.ts';
import { badInputs } from './inputs.ts';
import { killRows } from './kills.ts';
import { refusalRow, refusals } from './refusals.ts';
import { endStage, prepare } from './stage.ts';

export { HOSTED_FAULTS } from './stage.ts';

const KILL = 'kill -9 operator';

const listed = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

type Choice = { phases: readonly string[]; faults: readonly string[] };

const chosen = <Fault extends { name: string; phase: string }>(all: readonly Fault[], { phases, faults }: Choice): Fault[] =>
  all.filter(
    ({ name, phase }) =>
      (phases.length === 0 || phases.includes(phase)) && (faults.length === 0 || faults.some((part) => name.includes(part))),
  );

const told = (say: Progress, row: Row): Row => {
  say(`${row.wrong.length === 0 ? 'ok' : 'WRONG'}  ${row.phases.join(', ')}  ${row.fault}  ${row.ended}  ${row.wrong.join('; ')}`);
  return row;
};

/** Runs moves into everything that may be wrong, then one whose operator is killed inside each phase; 0 when nothing came out wrong. */
export const hostedFaults = async (say: Progress): Promise<number> => {
  const choice = { phases: listed(process.env.PHASES), faults: listed(process.env.FAULTS) };
  const stage = await prepare(say);
  const rows: Row[] = [];
  const run = Date.now().toString(36); // a set that was kept still has the moves of an earlier run
  try {
    for (const refusal of chosen(refusals, choice)) rows.push(told(say, await refusalRow(stage, refusal)));
    for (const [at, bad] of chosen(await badInputs(stage.set), choice).entries())
      rows.push(told(say, await badInputRow(stage, `bad-${run}-${at + 1}`, bad)));
    if (choice.faults.length === 0 || choice.faults.some((part) => KILL.includes(part)))
      for (const row of await killRows(stage, choice.phases)) rows.push(told(say, row));
  } finally {
    await endStage(stage);
    printTable(rows);
  }
  return rows.length > 0 && rows.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
};
