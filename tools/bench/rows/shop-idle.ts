import { toStandardError } from '@godwit/devcluster';
import { deployShop, shopReady } from '@godwit/example-shop';
import { isStream } from '../calls.ts';
import { gaps, type Interval, lengthOf, merged } from '../intervals.ts';
import { type Cutover, cutOver, longestPhases, readyPlan } from '../migrations.ts';
import { type RecordedOperator, startRecordedOperator } from '../operator.ts';
import { followPods, type PodTimes } from '../pod-times.ts';
import { type Result, type Row, rounded } from '../row.ts';
import { openStage } from '../stage.ts';

const PLAN = 'shop';
const GOAL = 10;

const callTimes = ({ source, target }: RecordedOperator): Interval[] =>
  [...source.calls, ...target.calls]
    .filter((call) => !isStream(call))
    .map(({ began, ended }) => ({ from: began, to: ended ?? Date.now() }));

const share = (intervals: readonly Interval[], frame: Interval): number => rounded((100 * lengthOf(intervals)) / (frame.to - frame.from));

/** During which phases nothing went on, the longest pauses first. */
const pausesOf = (idle: readonly Interval[], { run }: Cutover): string => {
  const phases = run.status?.phases ?? [];
  const phaseAt = (time: number) => phases.findLast(({ started }) => Date.parse(started ?? '') <= time)?.name ?? 'before the first phase';
  return idle
    .toSorted((one, other) => other.to - other.from - (one.to - one.from))
    .slice(0, 6)
    .map(({ from, to }) => `${to - from} ms in ${phaseAt(from)}`)
    .join(', ');
};

const resultOf = (cutover: Cutover, pods: PodTimes, calls: readonly Interval[]): Result => {
  const frame = { from: cutover.from, to: cutover.to };
  const { starts, transfers, stops } = pods;
  const idle = gaps([...starts, ...transfers, ...calls], frame);
  const withStops = gaps([...starts, ...transfers, ...calls, ...stops], frame);
  const ours = share(idle, frame);
  return {
    name: 'shop-idle',
    ours,
    reference: GOAL,
    unit: '%',
    referenceKind: 'recorded',
    goal: `< ${GOAL} %`,
    met: ours < GOAL,
    samples: [ours],
    note: `Share of the ${rounded((frame.to - frame.from) / 1000)} s of the shop's migration in which no pod was between creation and ready (${share(merged(starts, frame), frame)} % of the time), no sending container of a transfer ran (${share(merged(transfers, frame), frame)} %), and no request of the operator was open, watches and logs left out (${share(merged(calls, frame), frame)} %); pods on both clusters as a watch shows them, requests as proxies see them. Where stopping pods counts as work too: ${share(withStops, frame)} %. Longest pauses: ${pausesOf(idle, cutover)}. Longest phases: ${longestPhases(cutover.run)}. The reference is the goal.`,
  };
};

/** The share of the shop's migration in which nothing goes on. */
export const shopIdle: Row = {
  name: 'shop-idle',
  title: 'the share of the migration of the shop in which nothing goes on',
  measure: async () => {
    const stage = await openStage();
    await deployShop(stage.set.alpha);
    await shopReady(stage.set.alpha);
    const operator = await startRecordedOperator(stage);
    const followers = [stage.alpha, stage.beta].map(followPods);
    try {
      await readyPlan(stage, PLAN);
      const cutover = await cutOver(stage, PLAN);
      const [source, target] = await Promise.all(followers.map((each) => each.stop()));
      const pods = {
        starts: [...(source?.starts ?? []), ...(target?.starts ?? [])],
        transfers: [...(source?.transfers ?? []), ...(target?.transfers ?? [])],
        stops: [...(source?.stops ?? []), ...(target?.stops ?? [])],
      };
      toStandardError(`  migrated in ${(cutover.to - cutover.from) / 1000} s`);
      return [resultOf(cutover, pods, callTimes(operator))];
    } finally {
      await operator.stop();
    }
  },
};
