import { createMetrics, runAsLeader, serveHealth, systemClock } from '@godwit/controller';
import { ensureNamespace } from './ensure-namespace.ts';
import { processIdentity } from './identity.ts';
import { type Leadership, leadership } from './lead.ts';
import { OPERATOR_LEASE } from './lease.ts';
import type { Operator, OperatorOptions } from './options.ts';
import { startService, untilReady, type Work } from './service.ts';

const workOf = (options: OperatorOptions): Work => {
  const { host, settings, log, healthPort, identity = processIdentity() } = options;
  const { namespace } = settings;
  const metrics = createMetrics();
  let leading: Leadership | undefined;

  return async (signal, ready) => {
    const lead = async (termSignal: AbortSignal): Promise<void> => {
      const term = leadership(options, metrics);
      leading = term;
      untilReady(term, termSignal).then(ready, () => {}); // the term has ended before it was ready
      await term.run(termSignal).finally(() => {
        leading = undefined;
      });
    };
    // one that stands by is ready to take over, so only a leader can be unready
    const health =
      healthPort === undefined ? undefined : await serveHealth({ port: healthPort, ready: () => leading?.ready() ?? true, metrics });
    try {
      // the lease lies there; where it cannot be made, taking the lease fails, and is tried again
      await ensureNamespace(host, namespace).catch((err: unknown) => log.warn({ err }, 'the namespace of the lease is not there yet'));
      await runAsLeader({ client: host, namespace, name: OPERATOR_LEASE, identity, clock: systemClock, log, signal, lead });
    } finally {
      await health?.close();
    }
  };
};

/** Starts the controllers; they work while this process holds the lease of its host cluster, and stand by while another one does. */
export const startOperator = (options: OperatorOptions): Operator => startService(workOf(options));
