import type { Run } from './scope.ts';

/** Seconds since the run entered the phase, from its journal; 0 while the journal does not name it. */
export const secondsIn = ({ status }: Run, phase: string, now: Date): number => {
  const started = status?.phases?.find(({ name }) => name === phase)?.started;
  return started === undefined ? 0 : (now.getTime() - Date.parse(started)) / 1000;
};
