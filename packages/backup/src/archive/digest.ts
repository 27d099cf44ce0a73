import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';

/** SHA-256 of some bytes as hex. */
export const sha256 = (body: Uint8Array | string): string => createHash('sha256').update(body).digest('hex');

/** A stream that passes everything on and knows its SHA-256 (hex) and size in bytes when it has ended. */
export const digesting = (): { stream: Transform; digest: () => { sha256: string; bytes: number } } => {
  const hash = createHash('sha256');
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, digest: () => ({ sha256: hash.digest('hex'), bytes }) };
};
