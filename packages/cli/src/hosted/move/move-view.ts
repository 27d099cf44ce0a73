import type { HostedClusterMigration, MoveEvidence } from '@godwit/api';
import { shortDuration } from '../../printers/age.ts';
import { conditionOf } from '../../printers/standard-conditions.ts';
import type { View } from '../../progress/reporter.ts';
import { downtimeSeconds, MOVE_PHASES, moveSeconds, stateOfMove } from './move-facts.ts';

type Move = HostedClusterMigration;

const UNDO = ['ClearDestination', 'RestartSource', 'UnfreezeSource'];

const placeOf = (phase: string): string => {
  const ladder: readonly string[] = UNDO.includes(phase) ? UNDO : MOVE_PHASES;
  const at = ladder.indexOf(phase);
  return at < 0 ? '' : `[${at + 1}/${ladder.length}] `;
};

/** Which phase a move is in, and what is said of it. */
export const phaseLine = (move: Move): string => {
  const { spec, status } = move;
  const said = conditionOf(move, 'Ready');
  if (status?.phase === undefined) return said === undefined ? 'waiting for the operator' : `${said.reason}: ${said.message}`;
  const record = status.phases?.find(({ name }) => name === status.phase);
  const paused = spec.paused && stateOfMove(move) === 'Paused' ? ' (paused: it stops before the next phase)' : '';
  const attempts = (record?.attempts ?? 1) > 1 ? `, attempt ${record?.attempts}` : '';
  return `${placeOf(status.phase)}${status.phase}: ${record?.message ?? said?.message ?? ''}${attempts}${paused}`;
};

/** One entry of the record of a move, as a line. */
export const evidenceLine = ({ row, name, result, hashes = {} }: MoveEvidence): string =>
  `row ${row}  ${name}: ${result}${Object.entries(hashes)
    .map(([what, hash]) => `  ${what} ${hash.slice(0, 12)}…`)
    .join('')}`;

const away = (move: Move, now: Date): string[] => {
  const seconds = downtimeSeconds(move, now);
  if (seconds === undefined) return [];
  return [move.status?.downtime?.seconds === undefined ? `API away for ${shortDuration(seconds)}` : `API was away for ${seconds} s`];
};

const LATEST = 5;

/** How a move that is followed is shown. */
export const moveView: View<Move> = {
  lines: (move, now) => [
    `${phaseLine(move)}  (${shortDuration(moveSeconds(move, now))})`,
    ...(move.status?.evidence ?? []).slice(-LATEST).map((each) => `      ${evidenceLine(each)}`),
    ...away(move, now).map((line) => `      ${line}`),
    ...(move.status?.errors ?? []).map((each) => `      error: ${each}`),
  ],
  news: (before, move) => {
    const line = phaseLine(move);
    const reported = move.status?.downtime?.seconds;
    return [
      ...(move.status?.evidence ?? []).slice(before?.status?.evidence?.length ?? 0).map((each) => `  ${evidenceLine(each)}`),
      ...(reported !== undefined && before?.status?.downtime?.seconds === undefined ? [`  API was away for ${reported} s`] : []),
      ...(move.status?.errors ?? []).slice(before?.status?.errors?.length ?? 0).map((each) => `error: ${each}`),
      ...(before !== undefined && phaseLine(before) === line ? [] : [line]),
    ];
  },
};
