import { exitCodes } from './exit-codes.ts';

/** Why a command was told to stop: Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Aborts at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
export const interruption = (
  onSecond: () => void = () => process.exit(exitCodes.interrupted),
): { signal: AbortSignal; release: () => void } => {
  const stop = new AbortController();
  const interrupt = () => (stop.signal.aborted ? onSecond() : stop.abort(new Interrupted('interrupted')));
  const names = ['SIGINT', 'SIGTERM'] as const;
  for (const name of names) process.on(name, interrupt);
  return {
    signal: stop.signal,
    release: () => {
      for (const name of names) process.off(name, interrupt);
    },
  };
};
