import { createHash, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { ConnectionError } from '../errors.ts';
import { connectionFault } from '../faults.ts';
import { refusal } from '../refusal.ts';
import { nameOf, type Sender } from '../send.ts';
import { writeAndDrain } from './drained.ts';
import { encodeFrame, framesOf, OPCODE } from './frames.ts';

/** What arrived on one of the numbered channels of a stream. */
type Message = { channel: number; data: Buffer };

/** Numbered channels over one WebSocket: how Kubernetes streams exec, attach and port-forward. */
export type Channels = {
  /** Which of the offered protocols the server chose. */
  protocol: string;
  /** Sends on a channel; resolves when more may be sent. */
  send(channel: number, data: Uint8Array): Promise<void>;
  /** Messages until the server closes; a connection that breaks throws. Reading slowly slows the server down. */
  messages: AsyncIterable<Message>;
  close(): void;
};

const PING_MILLISECONDS = 15_000;
/** Intervals without a byte, although each begins with a ping, after which the connection counts as dead. */
const SILENT_INTERVALS = 3;

const acceptOf = (key: string): string => createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');

/** Keeps proxies from closing an idle stream, and closes a stream whose other end is gone. */
const keepAlive = (socket: Duplex & { bytesRead?: number }): void => {
  let heard = 0;
  let silent = 0;
  const timer = setInterval(() => {
    silent = socket.bytesRead === heard ? silent + 1 : 0;
    heard = socket.bytesRead ?? 0;
    if (silent >= SILENT_INTERVALS) socket.destroy(new Error('the stream is silent, also to pings'));
    else socket.write(encodeFrame(OPCODE.ping, Buffer.alloc(0)));
  }, PING_MILLISECONDS).unref();
  socket.once('close', () => clearInterval(timer));
};

async function* messagesOf(socket: Duplex, server: string): AsyncGenerator<Message> {
  let parts: Buffer[] = [];
  try {
    for await (const { final, opcode, payload } of framesOf(socket)) {
      if (opcode === OPCODE.ping) socket.write(encodeFrame(OPCODE.pong, payload));
      if (opcode === OPCODE.close) return;
      if (opcode > OPCODE.binary) continue;
      parts.push(payload);
      if (!final) continue;
      const whole = parts.length === 1 ? payload : Buffer.concat(parts);
      parts = [];
      if (whole.length > 0) yield { channel: whole[0] as number, data: whole.subarray(1) };
    }
  } catch (cause) {
    throw connectionFault(server, cause);
  } finally {
    socket.destroy();
  }
}

/** A refused handshake tells nothing; the same request without the upgrade gets the server's reason. */
const whyRefused = async (sender: Sender, path: string, query: URLSearchParams, cause: unknown): Promise<Error> => {
  const ask = { verb: 'get', resource: path.split('/').at(-1) ?? '', method: 'GET', path: `${path}?${query}` };
  const answer = await sender.send(ask);
  const isRefusal = answer.status >= 400 && !answer.text.includes('Upgrade request required');
  return isRefusal ? refusal(answer, nameOf(sender.server, { method: 'GET', path })) : connectionFault(sender.server, cause);
};

/** Opens a stream of numbered channels; `protocols` in order of preference. */
export const openChannels = async (
  sender: Sender,
  path: string,
  query: URLSearchParams,
  protocols: readonly string[],
  signal?: AbortSignal,
): Promise<Channels> => {
  const key = randomBytes(16).toString('base64');
  const ask = { verb: 'connect', resource: path.split('/').at(-1) ?? '', method: 'GET', path: `${path}?${query}`, signal };
  const headers = { 'sec-websocket-key': key, 'sec-websocket-version': '13', 'sec-websocket-protocol': protocols.join(', ') };
  const upgraded = await sender.upgrade(ask, headers).catch(async (cause) => {
    signal?.throwIfAborted();
    throw cause instanceof ConnectionError && cause.fault !== 'reset' ? cause : await whyRefused(sender, path, query, cause);
  });
  const { socket } = upgraded;
  const protocol = String(upgraded.headers['sec-websocket-protocol'] ?? '');
  if (upgraded.headers['sec-websocket-accept'] !== acceptOf(key) || !protocols.includes(protocol)) {
    socket.destroy();
    throw connectionFault(sender.server, new Error(`the server chose the stream protocol "${protocol}", offered: ${protocols.join(', ')}`));
  }
  keepAlive(socket);
  socket.on('error', () => undefined);
  return {
    protocol,
    send: async (channel, data) => {
      const message = Buffer.concat([Buffer.from([channel]), data]);
      await writeAndDrain(socket, encodeFrame(OPCODE.binary, message));
    },
    messages: messagesOf(socket, sender.server),
    close: () => {
      if (socket.destroyed) return;
      socket.write(encodeFrame(OPCODE.close, Buffer.from([0x03, 0xe8])));
      socket.end();
    },
  };
};
