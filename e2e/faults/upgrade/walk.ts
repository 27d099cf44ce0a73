import type { Row } from '../table.ts';
import { firstBootSteps, type Look, pivotTraces, rollbackTraces, staterootSteps } from './file-marks.ts';
import { wrongOn } from './serves.ts';
import { NEW, OLD, type Stage } from './stage.ts';
import { endOf, goodSpec, isWell, runStage, type StageName } from './stages.ts';
import type { Fault } from './strikes.ts';
import { watchSteps } from './watch-steps.ts';

/** A stage of a walk, the release that must serve after it, and where its steps leave traces. */
type Leg = { stage: StageName; name: string; serves: typeof OLD | typeof NEW; looks: readonly Look[] };

const LEGS = {
  prep: { stage: 'Prep', name: 'Prep', serves: OLD, looks: [staterootSteps] },
  upgrade: { stage: 'Upgrade', name: 'Upgrade', serves: NEW, looks: [pivotTraces, ...firstBootSteps] },
  rollback: { stage: 'Rollback', name: 'Rollback', serves: OLD, looks: [rollbackTraces] },
  idle: { stage: 'Idle', name: 'Idle', serves: OLD, looks: [] },
} as const satisfies Record<string, Leg>;

/** The ways through the stages that lead back to where they begin. */
export const ROUTES = {
  abort: [LEGS.prep, LEGS.idle],
  whole: [LEGS.prep, LEGS.upgrade, LEGS.rollback, LEGS.idle],
} as const satisfies Record<string, readonly Leg[]>;

const titleOf = ({ name }: Leg, step: string): string => (step.startsWith(`${name}/`) ? step : `${name}/${step}`);

/** All that is known of the steps of a route: those that an undisturbed walk has gone, and those that were struck. */
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

/** Goes one leg of a route, with strikes on its way or, without a fault, to learn its steps. */
const goLeg = async (stage: Stage, leg: Leg, knowledge: Knowledge, fault?: Fault): Promise<Ended> => {
  const work = fault === undefined ? learner(knowledge, stage.say) : striker(leg, fault, knowledge, stage.say);
  const watching = await watchSteps(leg.looks, work.listen);
  try {
    const upgrade = await runStage(stage, leg.stage, leg.stage === 'Prep' ? goodSpec() : {});
    await work.settled();
    const [end, well] = [endOf(upgrade, leg.stage), isWell(upgrade, leg.stage)];
    const specified = well || (fault !== undefined && end === UNCONTROLLED);
    const wrong = [...(specified ? [] : [end]), ...(await wrongOn(stage, well ? leg.serves : OLD))];
    return { rows: judged(timed(work.strikes, Date.now()), end, wrong), well, wrong };
  } finally {
    await watching.stop();
  }
};

/** What is known of each leg of a route, in its order. */
export type RouteKnowledge = readonly Knowledge[];

const newKnowledge = (): Knowledge => ({ steps: new Set(), struck: new Set() });

/** Goes a route undisturbed and returns the steps of its legs; throws when it goes wrong already. */
export const learnRoute = async (stage: Stage, route: readonly Leg[]): Promise<RouteKnowledge> => {
  const known: Knowledge[] = [];
  for (const leg of route) {
    const knowledge = newKnowledge();
    const { wrong } = await goLeg(stage, leg, knowledge);
    if (wrong.length > 0) throw new Error(`the undisturbed ${leg.name} is wrong already: ${wrong.join('; ')}`);
    known.push(knowledge);
  }
  return known;
};

const leftIn = ({ steps, struck }: Knowledge): string[] => [...steps].filter((step) => !struck.has(step));

/** How often a route is gone: a step that is over before a strike lands is struck on the next walk. */
const WALKS = 3;

const goOnce = async (stage: Stage, route: readonly Leg[], known: RouteKnowledge, fault: Fault): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const [index, leg] of route.entries()) {
    const ended = await goLeg(stage, leg, known[index] ?? newKnowledge(), fault);
    rows.push(...ended.rows);
    if (ended.well) continue;
    await runStage(stage, 'Idle');
    return rows;
  }
  return rows;
};

/** Goes a route until every step was struck by a fault; a row for each strike, and one for each step that it never struck. */
export const strikeRoute = async (stage: Stage, route: readonly Leg[], known: RouteKnowledge, fault: Fault): Promise<Row[]> => {
  const mine = known.map(({ steps }): Knowledge => ({ steps: new Set(steps), struck: new Set() }));
  const rows: Row[] = [];
  for (let walk = 0; walk < WALKS && mine.some((each) => leftIn(each).length > 0); walk += 1)
    rows.push(...(await goOnce(stage, route, mine, fault)));
  const missed = route.flatMap((leg, index) => leftIn(mine[index] ?? newKnowledge()).map((step) => titleOf(leg, step)));
  return [
    ...rows,
    ...missed.map((title): Row => ({ phases: [title], fault: fault.name, seconds: 0, ended: '-', wrong: ['the fault never struck'] })),
  ];
};
