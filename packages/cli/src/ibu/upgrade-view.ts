import { inProgressType, type UpgradeFinding } from '@godwit/api';
import { shortDuration } from '../printers/age.ts';
import { shortBytes } from '../printers/bytes.ts';
import type { View } from '../progress/reporter.ts';
import { bar } from '../progress/run-lines.ts';
import { conditionIn, isRebooting, latestOf, rollsBackAt, workingStage } from './facts.ts';
import type { UpgradeState } from './state.ts';

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ').trim();

/** The part of the stage that is worked on: the last in the history that has begun and not ended. */
const partOf = ({ upgrade }: Pick<UpgradeState, 'upgrade'>): string | undefined =>
  upgrade.status?.history?.at(-1)?.phases?.findLast(({ completionTime }) => completionTime === undefined)?.phase;

/** Where the upgrade is, in one line: what a stage that is worked on does, such as going back after it has failed, or else what came last. */
export const headline = ({ upgrade }: Pick<UpgradeState, 'upgrade'>): string => {
  const stage = workingStage(upgrade);
  const event = stage === undefined ? latestOf(upgrade) : conditionIn(upgrade, inProgressType(stage));
  if (event === undefined) return 'the agent has not looked at it yet';
  const part = stage === undefined ? undefined : partOf({ upgrade });
  return `${part ?? event.type}: ${oneLine(event.message ?? event.reason ?? '')}`;
};

const stepOf = ({ upgrade, report }: UpgradeState): string | undefined => {
  const progress = report?.status?.progress;
  if (progress === undefined || (workingStage(upgrade) === undefined && upgrade.spec?.stage !== 'Idle')) return undefined;
  return progress.step === undefined || progress.step === progress.phase ? progress.phase : `${progress.phase}: ${oneLine(progress.step)}`;
};

/** How far the present phase is, as a bar with its numbers; undefined while nobody knows. */
export const progressLine = (state: UpgradeState): string | undefined => {
  const { percent, bytesDone, bytesTotal, etaSeconds } = state.report?.status?.progress ?? {};
  const step = stepOf(state);
  if (step === undefined) return undefined;
  const numbers = [
    ...(percent === undefined ? [] : [`${bar(percent, 100)} ${percent}%`]),
    ...(bytesDone === undefined
      ? []
      : [bytesTotal === undefined ? shortBytes(bytesDone) : `${shortBytes(bytesDone)} of ${shortBytes(bytesTotal)}`]),
    ...(etaSeconds === undefined || etaSeconds <= 0 ? [] : [`${shortDuration(etaSeconds)} left`]),
  ];
  return [step, ...numbers].join('  ');
};

const secondsTo = (time: Date, now: Date): number => (time.getTime() - now.getTime()) / 1000;

/** How long until the upgrade is rolled back by itself; undefined: it is not going to be. */
export const rollbackLine = ({ upgrade }: Pick<UpgradeState, 'upgrade'>, now: Date): string | undefined => {
  const at = rollsBackAt(upgrade);
  if (at === undefined) return undefined;
  const left = secondsTo(at, now);
  return left > 0
    ? `rolls back by itself in ${shortDuration(left)} unless it is complete`
    : 'its time is over: it is being rolled back by itself';
};

/** What is said while the API server of the node does not answer. */
const awayLine = (state: UpgradeState, now: Date): string | undefined => {
  const { awaySince } = state.link;
  if (awaySince === undefined) return undefined;
  const since = `the API server has not answered for ${shortDuration(secondsTo(now, awaySince))}`;
  return isRebooting(state) ? `the node reboots: ${since} (expected)` : `${since}; asking again`;
};

/** A finding in one line. */
export const findingLine = ({ severity, code, message }: UpgradeFinding): string =>
  `${severity === 'Info' ? 'note' : severity.toLowerCase()}: ${code}: ${oneLine(message)}`;

const findingsOf = ({ report }: UpgradeState): string[] => (report?.status?.findings ?? []).map(findingLine);

/** Which boot answers, once it is another one than before: only that proves a reboot. */
const bootNews = (before: UpgradeState | undefined, { report }: UpgradeState): string[] => {
  const { bootId, bootedStateroot, tier } = report?.status ?? {};
  const known = before?.report?.status?.bootId;
  if (bootId === undefined || known === undefined || known === bootId) return [];
  return [
    `another boot answers: ${bootedStateroot ?? 'unknown stateroot'}, boot ${bootId}${tier === undefined || tier === 'host' ? '' : ` (simulated, tier ${tier})`}`,
  ];
};

const tenth = ({ report }: UpgradeState): number => Math.floor((report?.status?.progress?.percent ?? 0) / 10);

const hasMoved = (before: UpgradeState | undefined, state: UpgradeState): boolean =>
  before === undefined || stepOf(before) !== stepOf(state) || tenth(before) < tenth(state);

const endedParts = ({ upgrade }: UpgradeState): string[] =>
  (upgrade.status?.history ?? []).flatMap(({ phases = [] }) =>
    phases.flatMap(({ phase, startTime, completionTime }) =>
      startTime === undefined || completionTime === undefined
        ? []
        : [`${phase} done after ${shortDuration((Date.parse(completionTime) - Date.parse(startTime)) / 1000)}`],
    ),
  );

const fresh = (lines: readonly string[], known: readonly string[]): string[] => lines.filter((line) => !known.includes(line));

/** How an upgrade that is followed is shown. */
export const upgradeView: View<UpgradeState> = {
  lines: (state, now) => [
    headline(state),
    ...[progressLine(state), rollbackLine(state, now), awayLine(state, now)].flatMap((line) =>
      line === undefined ? [] : [`      ${line}`],
    ),
    ...findingsOf(state).map((line) => `      ${line}`),
  ],
  news: (before, state) => {
    const progress = progressLine(state);
    const rollback = rollbackLine(state, new Date());
    const isNewWatch = before === undefined || rollsBackAt(before.upgrade)?.getTime() !== rollsBackAt(state.upgrade)?.getTime();
    return [
      ...bootNews(before, state),
      ...(before === undefined ? [] : fresh(endedParts(state), endedParts(before))),
      ...(before === undefined || headline(before) !== headline(state) ? [headline(state)] : []),
      ...(progress !== undefined && hasMoved(before, state) ? [`    ${progress}`] : []),
      ...(rollback !== undefined && isNewWatch ? [rollback] : []),
      ...fresh(findingsOf(state), before === undefined ? [] : findingsOf(before)),
    ];
  },
};
