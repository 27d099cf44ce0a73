import { expect, test } from 'vitest';
import { serveHealth } from './health.ts';
import { createMetrics } from './metrics.ts';

const setUp = async (ready: boolean) => {
  const metrics = createMetrics();
  const server = await serveHealth({ port: 0, host: '127.0.0.1', ready: () => ready, metrics });
  const ask = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  return { metrics, ask, [Symbol.asyncDispose]: server.close };
};

test.each([
  ['/healthz', true, 200],
  ['/healthz', false, 200],
  ['/readyz', true, 200],
  ['/readyz', false, 503],
  ['/readyz?verbose', true, 200],
  ['/other', true, 404],
])('%s answers, with ready being %s, with %d', async (path, ready, status) => {
  await using server = await setUp(ready);
  expect((await server.ask(path)).status).toBe(status);
});

test('/metrics tells of queues, rounds, verdicts and watches', async () => {
  await using server = await setUp(true);
  server.metrics.queueDepth('migration', 3);
  server.metrics.reconciled('migration', 'success', 0.01);
  server.metrics.reconciled('migration', 'error', 0.2);
  server.metrics.verdict('Final', 'Prepare', 'wait', 'NotYet');
  server.metrics.watchRestarted('pods');
  const { text } = await server.ask('/metrics');
  for (const line of [
    'godwit_queue_depth{controller="migration"} 3',
    'godwit_reconcile_total{controller="migration",result="success"} 1',
    'godwit_reconcile_errors_total{controller="migration"} 1',
    'godwit_reconcile_duration_seconds_count{controller="migration"} 2',
    'godwit_verdicts_total{pipeline="Final",phase="Prepare",outcome="wait",reason="NotYet"} 1',
    'godwit_watch_restarts_total{resource="pods"} 1',
  ])
    expect(text).toContain(line);
});
