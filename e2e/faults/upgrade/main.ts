import type { Progress } from '@godwit/devcluster';
import { printTable, type Row } from '../table.ts';
import { type BadInput, badInputRow } from './bad-input.ts';
import { specInputs } from './inputs.ts';
import { lateInputs } from './late-inputs.ts';
import { outages } from './outages.ts';
import { prepareStage, type Stage } from './stage.ts';
import { cutPower, type Fault, killAgent } from './strikes.ts';
import { learnRoute, ROUTES, strikeRoute } from './walk.ts';

export { UPGRADE_FAULTS } from './stage.ts';

const listed = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

/** What of it all is wanted; empty: all. */
type Choice = { stages: readonly string[]; faults: readonly string[] };

const isChosen = ({ stages, faults }: Choice, name: string, stage: string): boolean =>
  (stages.length === 0 || stages.includes(stage)) && (faults.length === 0 || faults.some((part) => name.includes(part)));

const told = (say: Progress, row: Row): Row => {
  say(`${row.wrong.length === 0 ? 'ok' : 'WRONG'}  ${row.phases.join(', ')}  ${row.fault}  ${row.ended}  ${row.wrong.join('; ')}`);
  return row;
};

const inputs: readonly BadInput[] = [...specInputs, ...outages, ...lateInputs];

/** Abort alone needs no more than Prep; whoever asks for a later stage gets the whole way. */
const routesFor = ({ stages }: Choice): ('abort' | 'whole')[] => {
  const isLate = stages.some((stage) => stage === 'Upgrade' || stage === 'Rollback');
  if (stages.length === 0) return ['abort', 'whole'];
  return [isLate ? 'whole' : 'abort'];
};

const strikes = async (stage: Stage, choice: Choice, fault: Fault): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const route of routesFor(choice))
    rows.push(...(await strikeRoute(stage, ROUTES[route], await learnRoute(stage, ROUTES[route]), fault)));
  return rows;
};

/** Walks upgrades into everything that may be wrong, then through all stages with each step struck; 0 when nothing came out wrong. */
export const upgradeFaults = async (say: Progress): Promise<number> => {
  const choice = { stages: listed(process.env.PHASES), faults: listed(process.env.FAULTS) };
  const stage = await prepareStage(say);
  const rows: Row[] = [];
  try {
    for (const bad of inputs.filter(({ name, stage: at }) => isChosen(choice, name, at)))
      rows.push(told(say, await badInputRow(stage, bad)));
    for (const fault of [killAgent, cutPower])
      if (choice.faults.length === 0 || choice.faults.some((part) => fault.name.includes(part)))
        for (const row of await strikes(stage, choice, fault)) rows.push(told(say, row));
  } finally {
    printTable(rows);
  }
  return rows.length > 0 && rows.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
};
