import type { Row } from '../table.ts';
import { automaticTraces, firstBootSteps, type Look, pivotTraces, rollbackTraces, staterootSteps } from './file-marks.ts';
import { wrongOn } from './serves.ts';
import { masked, within } from './spoil.ts';
import { NEW, OLD, type Stage } from './stage.ts';
import { endOf, goodSpec, isWell, runStage, type StageName } from './stages.ts';
import type { Fault } from './strikes.ts';
import { type Told, watchSteps } from './watch-steps.ts';

/** A stage of a walk, the release that must serve after it, and where its steps leave traces. */
type Leg = {
  stage: StageName;
  name: string;
  serves: typeof OLD | typeof NEW;
  looks: readonly Look[];
  told: Told;
  /** What is asked for with Prep. Omitted: what is good. */
  spec?: () => object;
  /** Spoils something before the stage is asked for. */
  spoil?: (stage: Stage) => Promise<unknown>;
  /** How it must fail. Omitted: it must complete. */
  fails?: string;
};

const prep: Leg = { stage: 'Prep', name: 'Prep', serves: OLD, looks: [staterootSteps], told: { lists: ['Prep'] } };
const upgrade: Leg = {
  stage: 'Upgrade',
  name: 'Upgrade',
  serves: NEW,
  looks: [pivotTraces, ...firstBootSteps],
  told: { lists: ['PrePivot', 'PostPivot'], condition: 'UpgradeInProgress' },
};
const rollback: Leg = {
  stage: 'Rollback',
  name: 'Rollback',
  serves: OLD,
  looks: [rollbackTraces],
  told: { lists: ['RollingBack', 'RolledBack'], condition: 'RollbackInProgress' },
};
const abort: Leg = { stage: 'Idle', name: 'Idle', serves: OLD, looks: [], told: { lists: ['Abort', 'Finalize'] } };
const finalize: Leg = { ...abort };
const hasty: Leg = { ...prep, spec: () => within(45)(goodSpec()) };
const fallBack: Leg = {
  ...upgrade,
  name: 'Upgrade/automatic rollback',
  serves: OLD,
  looks: [automaticTraces],
  told: { lists: [] },
  spoil: masked('kubelet'),
  fails: 'UpgradeInProgress=False Failed: Rollback due to LCA Init Monitor timeout, after 45s',
};

/** The ways through the stages that lead back to where they begin. */
export const ROUTES = { abort: [prep, abort], whole: [prep, upgrade, rollback, finalize], fallBack: [hasty, fallBack, abort] } as const;

const titleOf = ({ name }: Leg, step: string): string => (step.startsWith(`${name}/`) ? step : `${name}/${step}`);

/** All that is known of the steps of a leg: those that were gone, and those that were struck. */
type Knowledge = { steps: Set<string>; struck: Set<string> };

type Strike = Row & { at: number };

/** Strikes each step when it begins, once. */
const striker = (leg: Leg, fault: Fault, { steps, struck }: Knowledge, say: Stage['say']) => {
  const strikes: Strike[] = [];
  let busy: Promise<void> | undefined;
  let late: readonly string[] = [];
  const strike = async (now: readonly string[]): Promise<void> => {
    const at = Date.now();
    late = [];
    if (await fault.strike()) {
      // What has begun before the strike landed is what was struck.
      const hit = late.length > 0 ? late : now;
      for (const step of hit) struck.add(step);
      strikes.push({ phases: hit.map((step) => titleOf(leg, step)), fault: fault.name, seconds: 0, ended: '', wrong: [], at });
      say(`  ${fault.name} at ${hit.join(', ')}`);
    }
    busy = undefined;
  };
  return {
    strikes,
    settled: async () => busy,
    listen: (fresh: readonly string[], now: readonly string[]): void => {
      for (const step of fresh) steps.add(step);
      if (busy !== undefined) late = fresh.length > 0 ? now : late;
      else if (now.some((step) => !struck.has(step))) busy = strike(now);
    },
  };
};

const learner = ({ steps }: Knowledge, say: Stage['say']) => ({
  strikes: [] as Strike[],
  settled: async () => undefined,
  listen: (fresh: readonly string[]): void => {
    for (const step of fresh) steps.add(step);
    if (fresh.length > 0) say(`  step ${fresh.join(', ')}`);
  },
});

const timed = (strikes: readonly Strike[], end: number): Row[] =>
  strikes.map(({ at, ...row }, index) => ({ ...row, seconds: Math.round(((strikes[index + 1]?.at ?? end) - at) / 1000) }));

/** Whatever goes wrong in the end comes after the last strike; the stage has outlived those before it. */
const judged = (rows: readonly Row[], end: string, wrong: readonly string[]): Row[] =>
  rows.map((row, index) => {
    const isLast = index === rows.length - 1;
    return { ...row, ended: isLast || wrong.length === 0 ? end : 'went on', wrong: isLast ? [...wrong] : [] };
  });

/** A cut between what is carried and the new default leaves the old release booted, which then says so. */
const UNCONTROLLED = 'UpgradeInProgress=False Failed: Uncontrolled rollback';

/** How a leg has ended: its rows, and whether the walk can go on. */
type Ended = { rows: Row[]; well: boolean; wrong: string[] };

const runLeg = async (stage: Stage, leg: Leg, isStruck: boolean): Promise<Omit<Ended, 'rows'> & { end: string }> => {
  const { stage: name, serves, spec = name === 'Prep' ? goodSpec : () => ({}) } = leg;
  try {
    await leg.spoil?.(stage);
    const upgraded = await runStage(stage, name, spec());
    const end = endOf(upgraded, name);
    const well = leg.fails === undefined ? isWell(upgraded, name) : end === leg.fails;
    const specified = well || (isStruck && end === UNCONTROLLED);
    return { end, well, wrong: [...(specified ? [] : [end]), ...(await wrongOn(stage, well ? serves : OLD))] };
  } catch (error) {
    return { end: '-', well: false, wrong: [(error as Error).message] };
  }
};

/** Goes one leg of a route, with strikes on its way or, without a fault, to learn its steps. */
const goLeg = async (stage: Stage, leg: Leg, knowledge: Knowledge, fault?: Fault): Promise<Ended> => {
  const work = fault === undefined ? learner(knowledge, stage.say) : striker(leg, fault, knowledge, stage.say);
  const unaim = fault?.aim?.();
  const watching = await watchSteps(leg.told, leg.looks, work.listen);
  try {
    const { end, well, wrong } = await runLeg(stage, leg, fault !== undefined);
    await work.settled();
    const unstruckRow: Row = { phases: [leg.name], fault: 'none', seconds: 0, ended: end, wrong };
    const rows = judged(timed(work.strikes, Date.now()), end, wrong);
    return { rows: rows.length === 0 && wrong.length > 0 ? [unstruckRow] : rows, well, wrong };
  } finally {
    await watching.stop();
    unaim?.();
  }
};

/** What is known of each leg. */
export type Known = Map<Leg, Knowledge>;

const knownOf = (known: Known, leg: Leg): Knowledge => {
  const found = known.get(leg) ?? { steps: new Set(), struck: new Set() };
  known.set(leg, found);
  return found;
};

/** Goes the whole way undisturbed and returns the steps of its legs; throws when it goes wrong already. */
export const learnSteps = async (stage: Stage): Promise<Known> => {
  const known: Known = new Map();
  for (const leg of ROUTES.whole) {
    const { wrong } = await goLeg(stage, leg, knownOf(known, leg));
    if (wrong.length > 0) throw new Error(`the undisturbed ${leg.name} is wrong already: ${wrong.join('; ')}`);
  }
  return known;
};

/** The same steps, of which none was struck. */
export const unstruck = (known: Known): Known =>
  new Map([...known].map(([leg, { steps }]) => [leg, { steps: new Set(steps), struck: new Set() }]));

/** How a route is struck: by what, in which of its stages, and how often it is gone for steps that are over before a strike lands. */
export type Striking = {
  route: readonly Leg[];
  fault: Fault;
  known: Known;
  stages: (stage: StageName) => boolean;
  walks: number;
  tell: (row: Row) => void;
};

/** Whether a stage has to wait at all differs from walk to walk; such a wait is struck when it comes. */
const isWait = (step: string): boolean => /^says\/(Waiting for .*|.* is in progress)$/.test(step);

const leftIn = ({ steps, struck }: Knowledge): string[] => [...steps].filter((step) => !struck.has(step) && !isWait(step));

const goOnce = async (stage: Stage, { route, fault, known, stages, tell }: Striking): Promise<void> => {
  for (const leg of route) {
    const { rows, well } = await goLeg(stage, leg, knownOf(known, leg), stages(leg.stage) ? fault : undefined);
    for (const row of rows) tell(row);
    if (well) continue;
    await runStage(stage, 'Idle');
    return;
  }
};

/** Goes a route until every step was struck; tells of a row for each strike, and one for each step that was never struck. */
export const strikeRoute = async (stage: Stage, striking: Striking): Promise<void> => {
  const { route, fault, known, stages, walks, tell } = striking;
  const missed = (): string[] =>
    route
      .filter((leg) => stages(leg.stage))
      .flatMap((leg) =>
        leftIn(knownOf(known, leg))
          .filter((step) => fault.spares?.(step) !== true)
          .map((step) => titleOf(leg, step)),
      );
  await goOnce(stage, striking);
  for (let walk = 1; walk < walks && missed().length > 0; walk += 1) await goOnce(stage, striking);
  for (const title of missed()) tell({ phases: [title], fault: fault.name, seconds: 0, ended: '-', wrong: ['the fault never struck'] });
};
