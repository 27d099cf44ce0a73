import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerReview, requestIn } from './answer-review.ts';

/** A certificate and its key, both as PEM text. */
export type ServingCertificate = { certificate: string; key: string };

/** A webhook that is being served. */
export type ServedWebhook = {
  port: number;
  /** Serves new connections with another certificate. */
  renew(certificate: ServingCertificate): void;
  close(): Promise<void>;
};

/** Path of the conversion webhook. */
export const CONVERT_PATH = '/convert';

type Answer = { status: number; body: string; type: string };

const plain = (status: number, body: string): Answer => ({ status, body: `${body}\n`, type: 'text/plain; charset=utf-8' });

const answerTo = async (request: IncomingMessage): Promise<Answer> => {
  const path = new URL(request.url ?? '/', 'https://localhost').pathname;
  if (path !== CONVERT_PATH || request.method !== 'POST') return plain(404, `send a ConversionReview to ${CONVERT_PATH} by POST`);
  const review = requestIn(await text(request));
  if (review === undefined) return plain(400, 'the body is no ConversionReview of apiextensions.k8s.io/v1');
  return { status: 200, body: JSON.stringify(answerReview(review)), type: 'application/json' };
};

/** Serves the conversion webhook until it is closed. `port` 0 takes a free one; `host` default all addresses. */
export const serveWebhook = async (
  { certificate, key }: ServingCertificate,
  { port, host }: { port: number; host?: string | undefined },
): Promise<ServedWebhook> => {
  const server = createServer({ cert: certificate, key }, (request, response) => {
    answerTo(request)
      .catch((error: unknown) => plain(500, error instanceof Error ? error.message : String(error)))
      .then(({ status, body, type }) => response.writeHead(status, { 'content-type': type }).end(body))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    renew: (next) => server.setSecureContext({ cert: next.certificate, key: next.key }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
