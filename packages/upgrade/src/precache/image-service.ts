import { once } from 'node:events';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { createConnection } from 'node:net';
import { CommandFailed } from '../host/run.ts';

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))]);

/** A field of a message as protobuf writes it: a text, or the fields of another message. Pure. */
export const field = (number: number, ...content: readonly (string | Buffer)[]): Buffer => {
  const bytes = Buffer.concat(content.map((each) => Buffer.from(each)));
  return Buffer.concat([Buffer.from([...varint(number * 8 + 2), ...varint(bytes.length)]), bytes]);
};

/** A byte that says "not compressed", and the length, stand before a message. */
const FRAME = 5;

const framed = (message: Buffer): Buffer => {
  const head = Buffer.alloc(FRAME);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
};

/** A call that fails at once has its status in the headers, any other in what follows its answer. */
const failureIn = (headers: IncomingHttpHeaders): string | undefined =>
  headers['grpc-status'] === '0' ? undefined : decodeURIComponent(String(headers['grpc-message'] ?? 'it ended without an answer'));

const answerOf = async (session: ClientHttp2Session, method: string, request: Buffer, signal: AbortSignal | undefined): Promise<Buffer> => {
  const headers = { ':method': 'POST', ':path': `/runtime.v1.ImageService/${method}`, 'content-type': 'application/grpc', te: 'trailers' };
  const stream = session.request(headers, { ...(signal && { signal }) });
  let status: IncomingHttpHeaders = {};
  for (const event of ['response', 'trailers'] as const)
    stream.on(event, (more: IncomingHttpHeaders) => {
      status = { ...status, ...more };
    });
  stream.end(framed(request));
  const refused = (said: string) => new CommandFailed(['containerd', method], 'failed', said);
  const answer: Buffer[] = await stream.toArray({ ...(signal && { signal }) }).catch((error: Error) => {
    throw signal?.aborted ? error : refused(error.message);
  });
  const failure = failureIn(status);
  if (failure !== undefined) throw refused(failure);
  return Buffer.concat(answer).subarray(FRAME);
};

/**
 * Calls the image service of a container runtime (k8s.io/cri-api, runtime.v1), as the kubelet does, and resolves to the message of the answer.
 * Throws a CommandFailed with what the runtime said, or the error of a socket that nobody listens on. `signal` ends the work in the runtime, too.
 * Two calls with a text or two in each are needed: a library for gRPC would have to be told more than this file holds.
 */
export const callImageService = async (address: string, method: string, request: Buffer, signal?: AbortSignal): Promise<Buffer> => {
  const session = connect('http://localhost', { createConnection: () => createConnection(address) });
  // what breaks a connection that is made breaks the call, which tells of it
  session.on('error', () => {});
  try {
    await once(session, 'connect', { ...(signal && { signal }) });
    return await answerOf(session, method, request, signal);
  } finally {
    session.destroy();
  }
};
