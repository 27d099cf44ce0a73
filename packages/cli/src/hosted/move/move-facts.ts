import type { HostedClusterMigration } from '@godwit/api';
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import { conditionOf } from '../../printers/standard-conditions.ts';

type Move = HostedClusterMigration;

/** The phases of a move in their order, as its controller names them; for telling how far it is. */
export const MOVE_PHASES = [
  'Preflight',
  'PrepareDestination',
  'FreezeSource',
  'StopWriters',
  'SaveEtcd',
  'SaveObjects',
  'DropDNS',
  'FenceSource',
  'RestoreObjects',
  'RestoreEtcd',
  'StartAPIServer',
  'RaiseDNS',
  'NodesBack',
  'Unfreeze',
  'Observe',
  'TearDownSource',
] as const;

/** From this phase on a move is not taken back any more: somebody may have written at the destination. */
const NO_RETURN = 'RaiseDNS';

/** Whether a move has come to its end, well or not. */
export const moveHasEnded = ({ status }: Move): boolean => status?.completionTimestamp !== undefined;

/** Whether the source can still be brought back. */
export const canBeTakenBack = ({ status }: Move): boolean => !(status?.phases ?? []).some(({ name }) => name === NO_RETURN);

/** Whether the API of the source was stopped, so that it is down or has moved. */
export const hasFrozen = ({ status }: Move): boolean => (status?.phases ?? []).some(({ name }) => name === 'FreezeSource');

/** What users are told of a move, in one word. */
export const stateOfMove = (move: Move): 'Succeeded' | 'Canceled' | 'Failed' | 'Undoing' | 'Paused' | 'Running' | 'Blocked' | 'Pending' => {
  const { spec, status } = move;
  const unwanted = spec.canceled || spec.rollback;
  const failed = (status?.errors ?? []).length > 0;
  if (moveHasEnded(move)) {
    if (conditionOf(move, 'Succeeded')?.status === 'True') return 'Succeeded';
    return unwanted && !failed ? 'Canceled' : 'Failed';
  }
  if (status?.itinerary === 'Undo' || ((unwanted || failed) && hasFrozen(move))) return 'Undoing';
  if (status?.phase === undefined) return conditionOf(move, 'Succeeded')?.status === 'False' ? 'Blocked' : 'Pending';
  return spec.paused ? 'Paused' : 'Running';
};

/** The exit code that equals the outcome of a move. */
export const exitCodeOfMove = (move: Move): ExitCode => {
  const state = stateOfMove(move);
  if (state === 'Blocked') return exitCodes.refused;
  if (state === 'Failed' && !hasFrozen(move)) return exitCodes.refused; // a check before the first change refused it
  return state === 'Failed' || state === 'Canceled' ? exitCodes.goalMissed : exitCodes.done;
};

/** Seconds from the start of a move to its end, or to now. */
export const moveSeconds = ({ status }: Move, now: Date): number => {
  if (status?.startTimestamp === undefined) return 0;
  const end = status.completionTimestamp === undefined ? now.getTime() : Date.parse(status.completionTimestamp);
  return (end - Date.parse(status.startTimestamp)) / 1000;
};

/** Seconds for which the API of the hosted cluster is or was away; undefined while it is not. */
export const downtimeSeconds = ({ status }: Move, now: Date): number | undefined => {
  const { started, seconds } = status?.downtime ?? {};
  if (seconds !== undefined) return seconds;
  if (started === undefined) return undefined;
  const end = status?.downtime?.ended ?? status?.completionTimestamp;
  return ((end === undefined ? now.getTime() : Date.parse(end)) - Date.parse(started)) / 1000;
};
