import type { Condition, PipelineStep, VolumeProgress } from '@godwit/api';
import { shortDuration } from '../printers/age.ts';
import { shortBytes } from '../printers/bytes.ts';
import { elapsedSeconds } from '../printers/run-facts.ts';
import { copyTotals, currentCopy, type RunState } from './state.ts';

const BAR = 20;

/** A bar of twenty characters; empty while the whole is unknown. */
export const bar = (done: number, total: number): string => {
  const filled = total === 0 ? 0 : Math.min(BAR, Math.round((done / total) * BAR));
  return `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
};

/** Numbers of a copy in words: how much of how much, how fast, how long still. */
export const copyWords = (done: number, total: number, perSecond: number, secondsLeft: number | undefined): string =>
  [
    total === 0 ? shortBytes(done) : `${Math.min(100, Math.floor((done / total) * 100))}% ${shortBytes(done)} of ${shortBytes(total)}`,
    ...(perSecond > 0 ? [`${shortBytes(perSecond)}/s`] : []),
    ...(secondsLeft === undefined || secondsLeft <= 0 ? [] : [`${shortDuration(secondsLeft)} left`]),
  ].join(', ');

const volumeLine = ({ pvcReference, bytesDone = 0, bytesTotal = 0, bytesPerSecond = 0, secondsLeft }: VolumeProgress): string =>
  `      ${bar(bytesDone, bytesTotal)} ${pvcReference.namespace}/${pvcReference.name}  ${copyWords(bytesDone, bytesTotal, bytesPerSecond, secondsLeft)}`;

const isOpen = ({ started, completed, skipped }: PipelineStep): boolean =>
  started !== undefined && completed === undefined && skipped !== true;

/** Which step a run is in, as `[3/7] name`, with what it does; the steps of earlier itineraries count too. */
export const stepLine = ({ run }: RunState): string => {
  const steps = run.status?.pipeline ?? [];
  const at = steps.findLastIndex(isOpen);
  const step = steps[at];
  if (step === undefined)
    return run.status?.phase === 'Completed' ? `[${steps.length}/${steps.length}] Completed` : '[0/0] Waiting for the controllers';
  const record = run.status?.phases?.find(({ name }) => name === run.status?.phase);
  return `[${at + 1}/${steps.length}] ${step.name}: ${record?.message ?? step.message ?? step.phase ?? ''}`;
};

/** The block of lines that is redrawn on a terminal. Pure. */
export const runLines = (state: RunState, now: Date): string[] => {
  const { run } = state;
  const copying = run.status?.phase?.includes('DirectVolume') === true ? (currentCopy(state)?.status?.volumes ?? []) : [];
  const lines = run.status?.pipeline?.findLast(isOpen)?.progress ?? [];
  return [
    `${stepLine(state)}  (${shortDuration(elapsedSeconds(run, now))})`,
    ...(copying.length > 0 ? copying.map(volumeLine) : lines.map((line) => `      ${line}`)),
    ...troubles(state).map((line) => `      ${line}`),
  ];
};

const tenths = (state: RunState): number => {
  const { done, total } = copyTotals(currentCopy(state)?.status?.volumes ?? []);
  return total === 0 ? 0 : Math.floor((done / total) * 10);
};

const isTrouble = ({ category, status }: Condition): boolean => category !== 'Required' && category !== 'Advisory' && status === 'True';

/** Warnings and blockers of a run and of its copies; a copy that cannot begin keeps its run waiting. */
const troubles = ({ run, copies }: RunState): string[] => [
  ...(run.status?.conditions ?? []).filter(isTrouble).map(({ type, message = '' }) => `${type}: ${message}`),
  ...copies.flatMap(({ metadata, status }) =>
    (status?.conditions ?? []).filter(isTrouble).map(({ type, message = '' }) => `${metadata.name}: ${type}: ${message}`),
  ),
];

/** The lines that are new since the state before, for where nothing can be redrawn: steps, phases, every tenth of a copy, warnings, errors. */
export const runNews = (before: RunState | undefined, state: RunState): string[] => {
  const known = new Set(before === undefined ? [] : [...troubles(before), ...(before.run.status?.errors ?? [])]);
  const line = stepLine(state);
  const copy = currentCopy(state);
  const moved = before !== undefined && currentCopy(before)?.metadata.name === copy?.metadata.name && tenths(before) < tenths(state);
  const { done, total, perSecond, secondsLeft } = copyTotals(copy?.status?.volumes ?? []);
  return [
    ...(before === undefined || stepLine(before) !== line ? [line] : []),
    ...(moved ? [`      volumes: ${copyWords(done, total, perSecond, secondsLeft)}`] : []),
    ...troubles(state).filter((each) => !known.has(each)),
    ...(state.run.status?.errors ?? []).filter((each) => !known.has(each)).map((each) => `error: ${each}`),
  ];
};
