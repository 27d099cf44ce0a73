import type { Move } from '../scope.ts';

/** Seconds that a move waits for nodes or machines which may never come; then it goes on and names them. */
export const PATIENCE_SECONDS = 600;

/** Seconds since a phase of a move was first entered; 0: the status does not say yet that it was. */
export const secondsIn = ({ status }: Pick<Move, 'status'>, phase: string, now: Date): number => {
  const started = status?.phases?.find(({ name }) => name === phase)?.started;
  return started === undefined ? 0 : (now.getTime() - Date.parse(started)) / 1000;
};
