import type { Clock, Log } from '@godwit/controller';

const LIMIT_SECONDS = 120;

/** Lets evidence be kept, for two minutes at most. What goes wrong is only logged: no rollback fails for want of evidence. */
export const tryEvidence = async (
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  keep: (signal: AbortSignal) => Promise<unknown>,
): Promise<void> => {
  const stop = new AbortController();
  const late = clock.sleep(LIMIT_SECONDS, stop.signal).then(() => {
    throw new Error(`it took longer than ${LIMIT_SECONDS} seconds`);
  });
  try {
    await Promise.race([keep(stop.signal), late]);
  } catch (error) {
    log.warn({ err: error }, 'the evidence could not be kept');
  } finally {
    stop.abort();
  }
};
