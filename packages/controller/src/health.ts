import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

/** What the probes and Prometheus are told. `port` 0 takes a free one; `host` default all addresses. */
export type HealthOptions = { port: number; host?: string; ready: () => boolean; metrics: Pick<Metrics, 'text'> };

type Answer = { status: number; body: string; type?: string };

const answers = ({ ready, metrics }: HealthOptions): Readonly<Record<string, () => Promise<Answer>>> => ({
  '/healthz': async () => ({ status: 200, body: 'ok\n' }),
  '/readyz': async () => (ready() ? { status: 200, body: 'ok\n' } : { status: 503, body: 'the caches are not filled yet\n' }),
  '/metrics': async () => ({ status: 200, body: await metrics.text(), type: 'text/plain; version=0.0.4; charset=utf-8' }),
});

const NOT_FOUND: Answer = { status: 404, body: 'try /healthz, /readyz or /metrics\n' };

/** Serves /healthz, /readyz and /metrics until it is closed. */
export const serveHealth = async (options: HealthOptions): Promise<{ port: number; close(): Promise<void> }> => {
  const known = answers(options);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const answer = known[path]?.() ?? Promise.resolve(NOT_FOUND);
    answer
      .catch((error: unknown): Answer => ({ status: 500, body: `${error instanceof Error ? error.message : error}\n` }))
      .then(({ status, body, type = 'text/plain; charset=utf-8' }) => response.writeHead(status, { 'content-type': type }).end(body))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
