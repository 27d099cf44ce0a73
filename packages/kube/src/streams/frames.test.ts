import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from './exec-status.ts';
import { encodeFrame, type Frame, framesOf, OPCODE } from './frames.ts';

const NO_MASK = Buffer.alloc(4);

/** What a server would have sent: the same frame with neither mask bit nor mask. */
const fromServer = (opcode: number, payload: Buffer): Buffer => {
  const frame = encodeFrame(opcode, payload, NO_MASK);
  const start = frame.length - payload.length - 4;
  frame[1] = (frame[1] as number) & 0x7f;
  return Buffer.concat([frame.subarray(0, start), payload]);
};

async function* cut(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (const size of [...sizes, bytes.length]) {
    if (at >= bytes.length) return;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe('frames', () => {
  test('arrive whole however the bytes are cut', async () => {
    const payloads = fc.array(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ minLength: 65_530, maxLength: 65_545 })), {
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(payloads, fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 }), async (sent, sizes) => {
        const bytes = Buffer.concat(sent.map((payload) => fromServer(OPCODE.binary, Buffer.from(payload))));
        const received: Frame[] = [];
        for await (const frame of framesOf(cut(bytes, sizes))) received.push(frame);
        expect(received).toHaveLength(sent.length);
        expect(Buffer.concat(received.map(({ payload }) => payload)).equals(Buffer.concat(sent))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test('of a client are masked', () => {
    const frame = encodeFrame(OPCODE.text, Buffer.from('Hello'), Buffer.from([0x37, 0xfa, 0x21, 0x3d]));
    // The example of RFC 6455, 5.7.
    expect(frame.toString('hex')).toBe('818537fa213d7f9f4d5158');
  });
});

describe('the status that ends an exec', () => {
  test.each([
    ['success', { status: 'Success' }, 0],
    ['an exit code', { status: 'Failure', reason: 'NonZeroExitCode', details: { causes: [{ reason: 'ExitCode', message: '42' }] } }, 42],
  ])('gives the exit code of %s', (_title, status, code) => {
    expect(exitCodeOf(JSON.stringify(status), 'exec')).toBe(code);
  });

  test('throws when the command could not be run', () => {
    const status = { status: 'Failure', code: 500, reason: 'InternalError', message: 'no such file' };
    expect(() => exitCodeOf(JSON.stringify(status), 'exec in pod shop/web')).toThrow('no such file (exec in pod shop/web)');
  });
});
