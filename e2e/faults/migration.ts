import type { MigMigration, MigPlan } from '@godwit/api';
import type { Progress } from '@godwit/devcluster';
import { deployShop, followAcknowledgements, type Rows, rowHashes, SMALL_SHOP, shopReady } from '@godwit/example-shop';
import { type LocalSet, startLocalSet } from '../support/local-set.ts';
import { apply, installApi, planFor, registerClusters, runOf } from '../support/manifests.ts';
import { answering, waitFor } from '../support/runs.ts';
import { type Fault, faults, type Struck } from './faults.ts';
import { type OperatorProcess, operatorProcess } from './operator.ts';
import { judge, type Outcome } from './outcome.ts';
import { type FaultProxy, startProxy } from './proxy.ts';
import { printTable, type Row } from './table.ts';

const PLAN = 'shop';
const DEADLINE_MILLISECONDS = 360_000;

type Stage = { set: LocalSet; proxy: FaultProxy; operator: OperatorProcess; say: Progress };

const ended = ({ status }: MigMigration): boolean => status?.phase === 'Completed';
const within = () => AbortSignal.timeout(DEADLINE_MILLISECONDS);
const named = (name: string) => (run: MigMigration) => run.metadata.name === name;

const prepare = async (say: Progress): Promise<Stage> => {
  const set = await startLocalSet('faults', say);
  for (const cluster of [set.alpha, set.beta]) await installApi(cluster);
  await registerClusters(set);
  await deployShop(set.alpha, SMALL_SHOP);
  await shopReady(set.alpha);
  const proxy = await startProxy(set.kubeconfig, 'beta', 'build/faults');
  const operator = operatorProcess(proxy.kubeconfig, 'beta', 'build/faults/operator.log');
  operator.start();
  await apply(set.beta, planFor(PLAN, 'shop'));
  await waitFor<MigPlan>(
    set.beta,
    'migplans',
    ({ status }) => (status?.conditions ?? []).some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    within(),
  );
  return { set, proxy, operator, say };
};

/** Runs a cutover and returns how it ended, with every row that was acknowledged before the source slept. */
const cutover = async ({ set }: Stage, name: string): Promise<{ run: MigMigration; rows: Rows }> => {
  const acknowledgements = followAcknowledgements(set.alpha);
  const known = await rowHashes(set.alpha);
  await apply(set.beta, runOf(PLAN, name));
  const run = await waitFor<MigMigration>(set.beta, 'migmigrations', (each) => named(name)(each) && ended(each), within());
  acknowledgements.stop();
  return { run, rows: new Map([...known, ...acknowledgements.acknowledged]) };
};

/** Takes a completed cutover back, so that the next one starts from where the first did. */
const takeBack = async ({ set }: Stage, name: string): Promise<void> => {
  await apply(set.beta, runOf(PLAN, `${name}-back`, { stage: false, rollback: true }));
  await waitFor<MigMigration>(set.beta, 'migmigrations', (each) => named(`${name}-back`)(each) && ended(each), within());
  await shopReady(set.alpha);
};

/** Which phases each write of an undisturbed run records for the first time: a fault strikes each write once. */
const learnWrites = async (stage: Stage): Promise<string[][]> => {
  const writes: string[][] = [];
  const seen = new Set<string>();
  stage.proxy.onWrite(({ run, phases }) => {
    const fresh = run === 'calm' ? phases.filter((phase) => !seen.has(phase)) : [];
    for (const phase of fresh) seen.add(phase);
    if (fresh.length > 0) writes.push(fresh);
  });
  const { run, rows } = await cutover(stage, 'calm');
  stage.proxy.onWrite(undefined);
  const outcome = await judge(stage.set, run, rows);
  if (outcome.wrong.length > 0) throw new Error(`the undisturbed run is wrong already: ${outcome.ended}: ${outcome.wrong.join('; ')}`);
  await takeBack(stage, 'calm');
  return writes;
};

/** Strikes at the first write that names one of these phases: which of them share a write differs from run to run. */
const strike = async (stage: Stage, group: readonly string[], fault: Fault, name: string): Promise<Outcome> => {
  let struck: Promise<Struck> | undefined;
  stage.proxy.onWrite(async ({ run, phases }) => {
    if (struck !== undefined || run !== name || !phases.some((phase) => group.includes(phase))) return;
    struck = fault.strike(stage.set, stage.operator);
    await struck;
  });
  const { run, rows } = await cutover(stage, name);
  stage.proxy.onWrite(undefined);
  await (await struck)?.over;
  await Promise.all([stage.set.alpha, stage.set.beta].map((cluster) => answering(cluster, within())));
  const outcome = await judge(stage.set, run, rows);
  if (outcome.ended.startsWith('completed')) await takeBack(stage, name);
  return struck !== undefined ? outcome : { ended: outcome.ended, wrong: [...outcome.wrong, 'the fault never struck'] };
};

const listed = (text: string | undefined): string[] => (text ?? '').split(',').filter(Boolean);

/** Strikes each phase of a cutover with each fault and prints what came of it; 0 when nothing was wrong. */
export const migrationFaults = async (say: Progress): Promise<number> => {
  const stage = await prepare(say);
  const [onlyPhases, onlyFaults] = [listed(process.env.PHASES), listed(process.env.FAULTS)];
  const rows: Row[] = [];
  try {
    const writes = (await learnWrites(stage)).filter(
      (phases) => onlyPhases.length === 0 || phases.some((phase) => onlyPhases.includes(phase)),
    );
    const chosen = faults.filter(({ name }) => onlyFaults.length === 0 || onlyFaults.some((part) => name.includes(part)));
    for (const [at, phases] of writes.entries())
      for (const [which, fault] of chosen.entries()) {
        const began = Date.now();
        const outcome = await strike(stage, phases, fault, `f${at}-${which}`);
        rows.push({ phases, fault: fault.name, seconds: Math.round((Date.now() - began) / 1000), ...outcome });
        say(
          `${outcome.wrong.length === 0 ? 'ok' : 'WRONG'}  ${phases.at(-1)}  ${fault.name}  ${outcome.ended}  ${outcome.wrong.join('; ')}`,
        );
      }
  } finally {
    await stage.operator.stop();
    stage.proxy.close();
    printTable(rows);
  }
  return rows.length > 0 && rows.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
};
