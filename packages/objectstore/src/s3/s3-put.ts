import { Readable, Transform } from 'node:stream';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

const PART_BYTES = 8 * 1024 * 1024;

type Put = {
  bucket: string;
  key: string;
  body: Readable | Uint8Array | string;
  ifAbsent: boolean | undefined;
  contentType: string | undefined;
  signal: AbortSignal | undefined;
};

const parameters = ({ bucket, key, ifAbsent, contentType }: Put) => ({
  Bucket: bucket,
  Key: key,
  ...(contentType === undefined ? {} : { ContentType: contentType }),
  ...(ifAbsent ? { IfNoneMatch: '*' } : {}),
});

const counted = (body: Readable): { stream: Readable; bytes: () => number } => {
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  body.once('error', (error) => count.destroy(error));
  return { stream: body.pipe(count), bytes: () => bytes };
};

const putStream = async (client: S3Client, put: Put & { body: Readable }): Promise<number> => {
  const { stream, bytes } = counted(put.body);
  const upload = new Upload({ client, params: { ...parameters(put), Body: stream }, partSize: PART_BYTES, queueSize: 3 });
  const abort = () => void upload.abort();
  put.signal?.addEventListener('abort', abort, { once: true });
  try {
    put.signal?.throwIfAborted();
    await upload.done();
    return bytes();
  } finally {
    put.signal?.removeEventListener('abort', abort);
  }
};

/** Stores a body and answers its size in bytes; a stream goes up in parts of 8 MiB, of which at most four are in memory. */
export const s3Put = async (client: S3Client, put: Put): Promise<number> => {
  if (put.body instanceof Readable) return putStream(client, { ...put, body: put.body });
  const body = typeof put.body === 'string' ? Buffer.from(put.body) : put.body;
  const command = new PutObjectCommand({ ...parameters(put), Body: body, ContentLength: body.length });
  await client.send(command, put.signal ? { abortSignal: put.signal } : {});
  return body.length;
};
