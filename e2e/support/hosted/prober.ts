import { createWriteStream } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { addressesOf, type HostedAccess } from './access.ts';
import type { HostedSet } from './hosted-set.ts';

/** One request: when it began (milliseconds since 1970), how long it took, and what came. */
export type Probe = { at: number; milliseconds: number; ok: boolean; said: string };

/** Asks at 10 Hz until it is stopped; every probe is in `probes`, in the order in which they began, and in the log. */
export type Prober = { probes: Probe[]; stop(): Promise<void> };

const EVERY_MILLISECONDS = 100;

/** Starts a prober; `ask` rejects, or is aborted after `patience` milliseconds, when nothing good came. */
const startProber = (log: string, patience: number, ask: (signal: AbortSignal) => Promise<string>): Prober => {
  const probes: Probe[] = [];
  const open = new Set<Promise<void>>();
  const written = createWriteStream(log, { flags: 'w' });
  const probe = async (): Promise<void> => {
    const entry: Probe = { at: Date.now(), milliseconds: 0, ok: false, said: '' };
    probes.push(entry);
    try {
      entry.said = await ask(AbortSignal.timeout(patience));
      entry.ok = true;
    } catch (error) {
      entry.said = (error as Error).message;
    }
    entry.milliseconds = Date.now() - entry.at;
    written.write(`${new Date(entry.at).toISOString()} ${entry.ok ? 'ok' : 'FAILED'} ${entry.milliseconds} ms ${entry.said}\n`);
  };
  const timer = setInterval(() => {
    const asked = probe().finally(() => open.delete(asked));
    open.add(asked);
  }, EVERY_MILLISECONDS);
  return {
    probes,
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
      written.end();
    },
  };
};

type Requested = { status: number; body: string };

const request = (module: typeof http | typeof https, options: https.RequestOptions): Promise<Requested> =>
  new Promise((resolve, reject) => {
    // One connection each, so that a change of address is seen at once.
    const sent = module.request({ ...options, agent: false }, async (response) => {
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      resolve({ status: response.statusCode ?? 0, body: body.trim() });
    });
    sent.on('error', reject);
    sent.end();
  });

const good = ({ status, body }: Requested): string => {
  if (status !== 200) throw new Error(`HTTP ${status}: ${body.slice(0, 100)}`);
  return body.slice(0, 100);
};

/** Asks a web server on plain HTTP. A slow answer is an answer: it may take 5 s. */
export const probeUrl = (log: string, url: string): Prober =>
  startProber(log, 5000, async (signal) => good(await request(http, { ...urlParts(url), signal })));

const urlParts = (text: string) => {
  const { hostname, port, pathname } = new URL(text);
  return { hostname, port, path: pathname };
};

/** Asks the API of the hosted cluster for its readiness by its public name, resolved anew each time. */
export const probeApi = (log: string, set: HostedSet, { server, credentials }: HostedAccess): Prober =>
  startProber(log, 2000, async (signal) => {
    const [host] = await addressesOf(set, server.hostname);
    if (host === undefined) throw new Error(`${server.hostname} has no address`);
    return good(await request(https, { ...credentials, host, port: server.port, servername: server.hostname, path: '/readyz', signal }));
  });

/** A stretch without a good answer, in milliseconds since 1970: from the first failed request to the first good one after it. */
export type Outage = { from: number; to: number };

/** The outages in a list of probes, in order; one that has not ended reaches to the last probe. */
export const outages = (probes: readonly Probe[]): Outage[] => {
  const found: Outage[] = [];
  let from: number | undefined;
  for (const { at, ok } of probes) {
    if (!ok) from ??= at;
    else if (from !== undefined) {
      found.push({ from, to: at });
      from = undefined;
    }
  }
  const last = probes.at(-1);
  return from === undefined || last === undefined ? found : [...found, { from, to: last.at }];
};

/** Seconds from the beginning of the first outage to the end of the last; 0 without any. */
export const awaySeconds = (probes: readonly Probe[]): number => {
  const found = outages(probes);
  const [first, last] = [found[0], found.at(-1)];
  return first === undefined || last === undefined ? 0 : (last.to - first.from) / 1000;
};
