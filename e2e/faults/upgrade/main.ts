import type { Progress } from '@godwit/devcluster';
import { printTable, type Row } from '../table.ts';
import { type BadInput, badInputRow } from './bad-input.ts';
import { specInputs } from './inputs.ts';
import { lateInputs } from './late-inputs.ts';
import { outages } from './outages.ts';
import { prepareStage, type Stage } from './stage.ts';
import { cutPower, killAgent, killCluster } from './strikes.ts';
import { learnSteps, ROUTES, strikeRoute, unstruck } from './walk.ts';

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

/** How often the ways are gone for steps that are over before a strike lands. */
const WALKS = { abort: 8, whole: 4, fallBack: 3 } as const;

/** Preparing and aborting is struck first: that way is short. */
const strikeAll = async (stage: Stage, { stages, faults }: Choice, tell: (row: Row) => void): Promise<void> => {
  const chosen = [killAgent, killCluster, cutPower].filter(({ name }) => faults.length === 0 || faults.some((part) => name.includes(part)));
  if (chosen.length === 0) return;
  const steps = await learnSteps(stage);
  for (const fault of chosen) {
    const known = unstruck(steps);
    const isWanted = (name: string): boolean => stages.length === 0 || stages.includes(name);
    const striking = { fault, known, stages: isWanted, tell };
    if (isWanted('Prep') || isWanted('Idle')) await strikeRoute(stage, { ...striking, route: ROUTES.abort, walks: WALKS.abort });
    if (isWanted('Upgrade'))
      await strikeRoute(stage, { ...striking, stages: (name) => name === 'Upgrade', route: ROUTES.fallBack, walks: WALKS.fallBack });
    if (isWanted('Upgrade') || isWanted('Rollback')) await strikeRoute(stage, { ...striking, route: ROUTES.whole, walks: WALKS.whole });
  }
};

/** Walks upgrades into everything that may be wrong, then through all stages with each step struck; 0 when nothing came out wrong. */
export const upgradeFaults = async (say: Progress): Promise<number> => {
  const choice = { stages: listed(process.env.PHASES), faults: listed(process.env.FAULTS) };
  const stage = await prepareStage(say);
  const rows: Row[] = [];
  try {
    for (const bad of inputs.filter(({ name, stage: at }) => isChosen(choice, name, at)))
      rows.push(told(say, await badInputRow(stage, bad)));
    await strikeAll(stage, choice, (row) => rows.push(told(say, row)));
  } finally {
    printTable(rows);
  }
  return rows.length > 0 && rows.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
};
