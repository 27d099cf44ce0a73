import { randomBytes } from 'node:crypto';

/** The kinds of WebSocket frames (RFC 6455, 5.2). */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame as it came. */
export type Frame = { final: boolean; opcode: number; payload: Buffer };

const lengthBytes = (length: number): Buffer => {
  if (length < 126) return Buffer.from([0x80 | length]);
  const bytes = Buffer.alloc(length < 65_536 ? 3 : 9);
  bytes[0] = 0x80 | (length < 65_536 ? 126 : 127);
  if (length < 65_536) bytes.writeUInt16BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
};

/** Writes one whole frame; clients must mask what they send. */
export const encodeFrame = (opcode: number, payload: Uint8Array, mask: Buffer = randomBytes(4)): Buffer => {
  const head = Buffer.concat([Buffer.from([0x80 | opcode]), lengthBytes(payload.length), mask]);
  const frame = Buffer.allocUnsafe(head.length + payload.length);
  head.copy(frame);
  for (let index = 0; index < payload.length; index += 1)
    frame[head.length + index] = (payload[index] as number) ^ (mask[index & 3] as number);
  return frame;
};

/** No stream of Kubernetes sends frames of this size; a larger one is noise on the line. */
const LARGEST_PAYLOAD = 64 * 1024 * 1024;

const measure = (bytes: Buffer): { start: number; end: number } | undefined => {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const start = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < start) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (length > LARGEST_PAYLOAD) throw new Error(`a WebSocket frame of ${length} bytes is longer than ${LARGEST_PAYLOAD}`);
  return { start, end: start + length };
};

/** Cuts a stream of bytes from a server into frames; waits for the rest of a frame that is not complete. */
export async function* framesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Frame> {
  let waiting: Buffer[] = [];
  let size = 0;
  let needed = 2;
  for await (const chunk of chunks) {
    waiting.push(chunk);
    size += chunk.length;
    // Joining only when the frame is complete keeps long frames linear.
    if (size < needed) continue;
    let bytes = waiting.length === 1 ? chunk : Buffer.concat(waiting);
    let place = measure(bytes);
    while (place && bytes.length >= place.end) {
      const first = bytes[0] as number;
      yield { final: (first & 0x80) !== 0, opcode: first & 0x0f, payload: bytes.subarray(place.start, place.end) };
      bytes = bytes.subarray(place.end);
      place = measure(bytes);
    }
    waiting = bytes.length === 0 ? [] : [bytes];
    size = bytes.length;
    needed = place?.end ?? bytes.length + 1;
  }
}
