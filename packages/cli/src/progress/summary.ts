import type { Backup, MigMigration, Restore } from '@godwit/api';
import { shortDuration } from '../printers/age.ts';
import { shortBytes } from '../printers/bytes.ts';
import { warningsOf } from '../printers/condition-facts.ts';
import { elapsedSeconds, kindOfRun, stateOfRun } from '../printers/run-facts.ts';
import { tableLines } from '../printers/table.ts';
import { copyTotals, type RunState } from './state.ts';

/** What is told at the end, beside the run itself. */
export type Ending = { state: RunState; backup: Backup | undefined; restore: Restore | undefined };

const seconds = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined ? '' : `${Math.round((Date.parse(to) - Date.parse(from)) / 1000)}s`;

/** The phases of a run with their times. */
export const phaseLines = ({ status }: MigMigration): string[] =>
  tableLines(
    ['PHASE', 'STEP', 'AT', 'TOOK', 'OUTCOME'],
    (status?.phases ?? []).map(({ name, step = '', started, completed, reason = '', message = '' }) => [
      name,
      step,
      seconds(status?.phases?.[0]?.started, started),
      seconds(started, completed),
      message || reason,
    ]),
  );

const copied = ({ copies }: RunState): string[] => {
  const last = copies.at(-1);
  if (last === undefined) return [];
  const volumes = last.status?.volumes ?? [];
  const { total, done } = copyTotals(volumes);
  const verification = last.status?.verification;
  const compared =
    verification?.files === undefined ? '' : `; ${verification.files} files compared, ${verification.differences.length} differ`;
  return [`volumes: ${last.spec.persistentVolumeClaims?.length ?? volumes.length}, ${shortBytes(total || done)}${compared}`];
};

const objects = ({ backup, restore }: Ending): string[] => {
  const [saved, restored] = [backup?.status?.progress?.itemsBackedUp, restore?.status?.progress?.itemsRestored];
  return saved === undefined && restored === undefined ? [] : [`objects: ${saved ?? '?'} backed up, ${restored ?? '?'} restored`];
};

const words = {
  Succeeded: 'succeeded',
  Warnings: 'succeeded with warnings',
  Failed: 'failed',
  Canceled: 'was canceled',
  Blocked: 'was refused',
  Running: 'is running',
  Pending: 'is waiting',
} as const;

const awake = (run: MigMigration): string[] =>
  ['Failed', 'Canceled'].includes(stateOfRun(run)) && run.spec.rollback !== true
    ? [
        run.spec.onFailure === 'Keep'
          ? 'the source application was left as it is'
          : 'the source application is awake again; nothing of the run is left on the target but copied volumes',
      ]
    : [];

/** What a run came to, for people. Pure. */
export const summaryLines = (ending: Ending, now: Date): string[] => {
  const { run } = ending.state;
  return [
    ...phaseLines(run),
    '',
    `${kindOfRun(run)} ${run.metadata.name} ${words[stateOfRun(run)]} after ${shortDuration(elapsedSeconds(run, now))}`,
    ...copied(ending.state),
    ...objects(ending),
    ...warningsOf(run).map(({ type, message = '' }) => `warning: ${type}: ${message}`),
    ...(run.status?.errors ?? []).map((each) => `error: ${each}`),
    ...awake(run),
  ];
};
