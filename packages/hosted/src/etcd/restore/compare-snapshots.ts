import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { readUrl, StoreError, withoutSignature } from '@godwit/objectstore';
import { done, type Outcome, refused } from '../outcome.ts';
import { RestoreSnapshotsDiffer, SnapshotDownloadFailed } from '../reasons.ts';
import { type RestoreWorld, restoreAccess } from './restore-access.ts';
import { parseS3Url } from './s3-url.ts';

/** Snapshots that are to be the same. */
export type SnapshotsToCompare = {
  urls: readonly string[];
  /** Value of the annotation `godwit.io/restore-credentials`, for `s3://`. */
  credentials?: string | undefined;
  /** PEM that is trusted beside the system's roots, for https. */
  caBundle?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** The one snapshot behind all URLs. */
export type SameSnapshot = { url: string; sha256: string };

const overHttp = async (url: string, { caBundle, signal }: SnapshotsToCompare): Promise<Outcome<Readable>> => {
  const answer = await readUrl(url, { caBundle, signal });
  if (answer.statusCode === 200) return done(answer);
  answer.destroy();
  return refused(
    SnapshotDownloadFailed({ url: withoutSignature(url), why: `status HTTP ${answer.statusCode}. Sign a new URL if it has expired` }),
  );
};

const open = async (world: RestoreWorld, url: string, options: SnapshotsToCompare): Promise<Outcome<Readable>> => {
  const object = parseS3Url(url);
  if (object === undefined) return overHttp(url, options);
  const access = await restoreAccess(world, object, { url, credentials: options.credentials });
  if (!access.ok) return access;
  const body = await world.openStore(access.value).get(object.key, options.signal ? { signal: options.signal } : {});
  return body ? done(body) : refused(SnapshotDownloadFailed({ url, why: 'there is no such object. Correct the URL' }));
};

const hashOf = async (world: RestoreWorld, url: string, options: SnapshotsToCompare): Promise<Outcome<string>> => {
  try {
    const body = await open(world, url, options);
    if (!body.ok) return body;
    const hash = createHash('sha256');
    for await (const chunk of body.value) hash.update(chunk as Buffer);
    return done(hash.digest('hex'));
  } catch (error) {
    options.signal?.throwIfAborted();
    const why = error instanceof StoreError ? error.message : `it broke off (${(error as Error).message}). Try again`;
    return refused(SnapshotDownloadFailed({ url: withoutSignature(url), why }));
  }
};

/** Fetches every listed snapshot, one after the other and in bounded memory, and lets the first be used only when all are the same. */
export const compareSnapshots = async (world: RestoreWorld, options: SnapshotsToCompare): Promise<Outcome<SameSnapshot>> => {
  const hashes: SameSnapshot[] = [];
  for (const url of options.urls) {
    const hash = await hashOf(world, url, options);
    if (!hash.ok) return hash;
    hashes.push({ url, sha256: hash.value });
  }
  const [first] = hashes;
  if (first === undefined) throw new Error('No restore URL was given to compare; this is a mistake of the caller');
  if (hashes.every(({ sha256 }) => sha256 === first.sha256)) return done(first);
  return refused(RestoreSnapshotsDiffer({ hashes: hashes.map(({ url, sha256 }) => `${withoutSignature(url)} has ${sha256}`).join(', ') }));
};
