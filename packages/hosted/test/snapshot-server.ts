import { createServer, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

/** What a server of a test answers to a GET of a snapshot. */
export type Answer = (response: ServerResponse, body: Buffer) => void;

const plain =
  (status: number, type: string, text: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': type });
    response.end(text);
  };

/** Answers of stores, proxies and broken networks, by what is wrong with them. */
export const answers = {
  right: (response, body) => void response.writeHead(200, { 'content-length': body.length }).end(body),
  forbidden: plain(
    403,
    'application/xml',
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
  ),
  busy: plain(
    503,
    'application/xml',
    '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>',
  ),
  missing: plain(404, 'text/html', '<html><body>Not Found</body></html>'),
  page: plain(200, 'text/html', '<!DOCTYPE html><html><body>Please log in</body></html>'),
  xml: plain(200, 'application/xml', '<?xml version="1.0"?><Error/>'),
  empty: plain(200, 'application/octet-stream', ''),
  /** The body ends before the length that was announced. */
  cut: (response, body) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 8192), () => response.destroy());
  },
  /** A whole answer with too little in it. */
  short: (response, body) => void response.writeHead(200).end(body.subarray(0, 8192)),
  /** The same, at the end of a page and with the length of a snapshot. */
  shortPages: (response, body) => void response.writeHead(200).end(body.subarray(0, 8192 + 32)),
  flipped: (response, body) => {
    const other = Buffer.from(body);
    other[5000] = (other[5000] ?? 0) ^ 1;
    response.writeHead(200).end(other);
  },
  /** Announces a body, and never sends it. */
  silent: (response, body) => {
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.subarray(0, 100));
  },
} satisfies Record<string, Answer>;

/** A server on loopback that answers every request as it is told at the time. */
export type SnapshotServer = { url: string; answer: Answer; requests: number; close(): Promise<void> };

/** Serves a body at any path; with a certificate by TLS. */
export const serveSnapshot = async (body: Buffer, tls?: { certificate: string; key: string }): Promise<SnapshotServer> => {
  const handle = (_request: unknown, response: ServerResponse) => {
    state.requests += 1;
    state.answer(response, body);
  };
  const server = tls ? createSecureServer({ cert: tls.certificate, key: tls.key }, handle) : createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const state: SnapshotServer = { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, answer: answers.right, requests: 0, close };
  return state;
};
