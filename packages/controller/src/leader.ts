import type { Clock } from './clock.ts';
import { type LeaseHold, type LeaseOptions, leaseHold } from './lease.ts';
import type { Log } from './log.ts';

/** How a process stands for leadership. `identity` is unique among the candidates: the pod's name. */
export type LeaderOptions = Omit<LeaseOptions, 'leaseSeconds'> & {
  log: Log;
  /** Gives leadership up: on SIGTERM. */
  signal: AbortSignal;
  /** What only the leader does; its signal aborts when leadership is lost or given up. */
  lead: (signal: AbortSignal) => Promise<void>;
  /** Seconds without renewal after which others may take over; default 15. The leader renews three times as often. */
  leaseSeconds?: number;
};

type Term = { clock: Clock; log: Log; signal: AbortSignal; leaseSeconds: number };

/** Asks for the lease; no answer in time is no answer, for a leader must not hang on a dead connection. */
const ask = async (hold: LeaseHold, { clock, log, signal, leaseSeconds }: Term): Promise<'held' | 'other' | 'unknown'> => {
  const late = new AbortController();
  const patience = clock.sleep(leaseSeconds / 3, AbortSignal.any([signal, late.signal])).then(
    () => 'unknown' as const,
    () => 'unknown' as const,
  );
  const answer = hold.takeOrRenew().catch((error: unknown) => {
    log.warn({ err: error }, 'the lease could not be read or written');
    return 'unknown' as const;
  });
  const first = await Promise.race([answer, patience]);
  late.abort();
  return first;
};

/** Renews until another one has the lease, no renewal came through for two thirds of it, or the signal aborts. */
const keep = async (hold: LeaseHold, term: Term): Promise<void> => {
  const { clock, signal, leaseSeconds } = term;
  let renewed = clock.now().getTime();
  while (!signal.aborted && clock.now().getTime() - renewed < (leaseSeconds * 2000) / 3) {
    await clock.sleep(leaseSeconds / 3, signal).catch(() => {});
    if (signal.aborted) return;
    const begun = clock.now().getTime();
    const answer = await ask(hold, term);
    if (answer === 'other') return;
    if (answer === 'held') renewed = begun;
  }
};

const leadOnce = async (hold: LeaseHold, lead: LeaderOptions['lead'], term: Term): Promise<void> => {
  const end = new AbortController();
  const signal = AbortSignal.any([term.signal, end.signal]);
  const leading = Promise.allSettled([lead(signal)]).finally(() => end.abort());
  await keep(hold, { ...term, signal });
  end.abort();
  const [{ status, ...outcome }] = await leading;
  if (status === 'rejected' && 'reason' in outcome) throw outcome.reason;
};

/**
 * Stands for leadership until the signal aborts, and leads while it has it. After a loss it stands again; at the end it
 * gives the lease back. Faults of the connection are tried again; only what `lead` throws is thrown on.
 */
export const runAsLeader = async (options: LeaderOptions): Promise<void> => {
  const { clock, log, signal, identity, lead, leaseSeconds = 15 } = options;
  const term: Term = { clock, log, signal, leaseSeconds };
  const hold = leaseHold({ ...options, leaseSeconds });
  const release = () =>
    hold.release().catch((error: unknown) => log.warn({ err: error }, 'the lease could not be given back and runs out by itself'));
  while (!signal.aborted) {
    if ((await ask(hold, term)) !== 'held') {
      await clock.sleep(leaseSeconds / 3, signal).catch(() => {});
      continue;
    }
    log.info({ identity }, 'this process leads');
    try {
      await leadOnce(hold, lead, term);
    } finally {
      if (signal.aborted) await release();
    }
    log.info({ identity }, 'this process leads no more');
  }
};
