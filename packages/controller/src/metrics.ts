import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The numbers of the controllers, in Prometheus text. Labels never hold names of objects, which would have no end. */
export type Metrics = {
  /** For further metrics of the product. */
  readonly registry: Registry;
  queueDepth(controller: string, depth: number): void;
  /** A round ended after so many seconds. */
  reconciled(controller: string, result: 'success' | 'error', seconds: number): void;
  verdict(pipeline: string, phase: string, outcome: string, reason: string): void;
  watchRestarted(resource: string): void;
  /** The text that `/metrics` answers with. */
  text(): Promise<string>;
};

const SECONDS = [0.005, 0.02, 0.1, 0.5, 1, 5, 15, 60, 300];

/** Makes an empty set of metrics; one per process. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  const depth = new Gauge({ name: 'godwit_queue_depth', help: 'Keys that wait for a worker', labelNames: ['controller'], registers });
  const total = new Counter({
    name: 'godwit_reconcile_total',
    help: 'Rounds of the controllers',
    labelNames: ['controller', 'result'],
    registers,
  });
  const errors = new Counter({ name: 'godwit_reconcile_errors_total', help: 'Rounds that broke', labelNames: ['controller'], registers });
  const duration = new Histogram({
    name: 'godwit_reconcile_duration_seconds',
    help: 'How long rounds took',
    labelNames: ['controller'],
    buckets: SECONDS,
    registers,
  });
  const verdicts = new Counter({
    name: 'godwit_verdicts_total',
    help: 'Judgements of phases',
    labelNames: ['pipeline', 'phase', 'outcome', 'reason'],
    registers,
  });
  const restarts = new Counter({
    name: 'godwit_watch_restarts_total',
    help: 'Watches that began anew after a fault',
    labelNames: ['resource'],
    registers,
  });
  return {
    registry,
    queueDepth: (controller, value) => depth.set({ controller }, value),
    reconciled: (controller, result, seconds) => {
      total.inc({ controller, result });
      if (result === 'error') errors.inc({ controller });
      duration.observe({ controller }, seconds);
    },
    verdict: (pipeline, phase, outcome, reason) => verdicts.inc({ pipeline, phase, outcome, reason }),
    watchRestarted: (resource) => restarts.inc({ resource }),
    text: () => registry.metrics(),
  };
};
