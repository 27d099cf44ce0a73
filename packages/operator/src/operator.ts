import { createMetrics, runAsLeader, serveHealth, systemClock } from '@godwit/controller';
import { ensureNamespace } from './ensure-namespace.ts';
import { processIdentity } from './identity.ts';
import { type Leadership, leadership } from './lead.ts';
import { OPERATOR_LEASE } from './lease.ts';
import type { Operator, OperatorOptions } from './options.ts';

const READY_CHECK_SECONDS = 0.1;

/** Watches fill one after the other and tell nobody, so readiness is asked for until it is there. */
const untilReady = async ({ ready }: Leadership, signal: AbortSignal): Promise<void> => {
  while (!ready()) await systemClock.sleep(READY_CHECK_SECONDS, signal);
};

/** Starts the controllers; they work while this process holds the lease of its host cluster, and stand by while another one does. */
export const startOperator = (options: OperatorOptions): Operator => {
  const { host, settings, log, healthPort, identity = processIdentity() } = options;
  const metrics = createMetrics();
  const stop = new AbortController();
  const ready = Promise.withResolvers<void>();
  let leading: Leadership | undefined;

  const lead = async (signal: AbortSignal): Promise<void> => {
    const term = leadership(options, metrics);
    leading = term;
    untilReady(term, signal).then(ready.resolve, () => {}); // the term has ended before it was ready
    await term.run(signal).finally(() => {
      leading = undefined;
    });
  };
  const work = async (): Promise<void> => {
    // one that stands by is ready to take over, so only a leader can be unready
    const health =
      healthPort === undefined ? undefined : await serveHealth({ port: healthPort, ready: () => leading?.ready() ?? true, metrics });
    const { signal } = stop;
    try {
      // the lease lies there; where it cannot be made, taking the lease fails, and is tried again
      await ensureNamespace(host, settings.namespace).catch((err: unknown) =>
        log.warn({ err }, 'the namespace of the lease is not there yet'),
      );
      await runAsLeader({
        client: host,
        namespace: settings.namespace,
        name: OPERATOR_LEASE,
        identity,
        clock: systemClock,
        log,
        signal,
        lead,
      });
    } finally {
      await health?.close();
    }
  };

  // Neither watches nor waiting for the lease keep a process alive by themselves.
  const alive = setInterval(() => {}, 60_000);
  const stopped = work().finally(() => clearInterval(alive));
  stopped.catch(ready.reject);
  ready.promise.catch(() => {}); // who waits for `stopped` hears of it there
  return {
    ready: ready.promise,
    stopped,
    stop: async () => {
      stop.abort();
      await stopped;
    },
  };
};
