import { DeleteObjectsCommand, ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import type { Stat } from '../store.ts';

const DELETE_BATCH = 1000;

type Page = { bucket: string; prefix: string; delimiter?: string; limit?: number | undefined; signal?: AbortSignal | undefined };

/** The pages of a listing, one in memory at a time. */
export async function* s3Pages(client: S3Client, page: Page): AsyncGenerator<ListObjectsV2CommandOutput> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: page.bucket,
      Prefix: page.prefix,
      Delimiter: page.delimiter,
      ContinuationToken: token,
      MaxKeys: Math.min(page.limit ?? DELETE_BATCH, DELETE_BATCH),
    });
    const answer = await client.send(command, page.signal ? { abortSignal: page.signal } : {});
    yield answer;
    token = answer.IsTruncated ? answer.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** Every key below a prefix as `Stat`, with the keys as the bucket knows them. */
export async function* s3List(client: S3Client, page: Page): AsyncGenerator<Stat> {
  let left = page.limit ?? Number.POSITIVE_INFINITY;
  for await (const { Contents = [] } of s3Pages(client, page)) {
    for (const { Key = '', Size = 0, ETag, LastModified } of Contents) {
      if (left-- <= 0) return;
      yield { key: Key, bytes: Size, ...(ETag && { etag: ETag }), ...(LastModified && { modified: LastModified }) };
    }
    if (left <= 0) return;
  }
}

/** Deletes keys in batches; tries all, then throws what the bucket refused. */
export const s3Delete = async (client: S3Client, bucket: string, keys: readonly string[]): Promise<void> => {
  const refused: string[] = [];
  for (let from = 0; from < keys.length; from += DELETE_BATCH) {
    const Objects = keys.slice(from, from + DELETE_BATCH).map((Key) => ({ Key }));
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }));
    refused.push(...Errors.map(({ Key, Code, Message }) => `${Key}: ${Message ?? Code}`));
  }
  if (refused.length > 0) throw Object.assign(new Error(refused.join('; ')), { name: 'AccessDenied' });
};
