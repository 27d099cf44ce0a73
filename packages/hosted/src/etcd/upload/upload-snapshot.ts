import { type ObjectStore, type SignedRequest, StoreError } from '@godwit/objectstore';
import type { Etcd, EtcdMember } from '../etcd.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { BucketPublic, UploadFailed } from '../reasons.ts';
import { lastWords, runScript, wordsOf } from '../script.ts';
import type { Snapshot } from '../snapshot/take-snapshot.ts';
import { readBack } from './read-back.ts';

/** Seconds that the signed request counts: an upload begins at once, and may be asked for twice. */
const SIGNED_SECONDS = 900;

/** Where a snapshot goes, and how it is proven there. */
export type UploadSnapshot = {
  store: ObjectStore;
  /** Name of the object in the store; it holds the run's id, so that no other run writes it. */
  key: string;
  /** PEM that the container trusts beside the system's roots. */
  caBundle?: string | undefined;
  /** ARN of the key with which the store encrypts the object; undefined: as the bucket does by itself. */
  kmsKey?: string | undefined;
  /** Decrypts one secret of what was read back, offline. */
  encryptionKey?: Uint8Array | undefined;
  signal?: AbortSignal | undefined;
};

/** A stored snapshot. */
export type Uploaded = { url: string; key: string; bytes: number; sha256: string };

/**
 * Standard input is the PEM of authorities, a line of dots, and curl's configuration with the signed URL; so neither is an argument,
 * and nothing is written but certificates.
 */
const SEND = `
file=$1 roots=$(mktemp) said=$(mktemp) faults=$(mktemp)
trap 'rm -f "$roots" "$said" "$faults"' EXIT
own=''
while IFS= read -r line && [ "$line" != ... ]; do printf '%s\\n' "$line" >>"$roots"; own=yes; done
set --
if [ -n "$own" ]; then
  cat /etc/ssl/certs/ca-certificates.crt >>"$roots"
  set -- --cacert "$roots"
fi
status=$(curl -q -K - -sS --connect-timeout 10 --speed-limit 1 --speed-time 60 --retry 2 --retry-delay 1 --retry-connrefused \\
  -T "$file" -H Expect: -o "$said" -w '%{http_code}' "$@" 2>"$faults") && code=0 || code=$?
echo "code $code"
echo "status $status"
echo "fault $(head -n 1 "$faults")"
echo "answer $(head -c 1000 "$said" | tr -d '\\000' | tr '\\n' ' ')"
`;

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const inputOf = ({ url, headers }: SignedRequest, caBundle: string | undefined): string => {
  const lines = Object.entries(headers).map(([name, value]) => `header = ${quoted(`${name}: ${value}`)}`);
  return `${caBundle ? `${caBundle.trim()}\n` : ''}...\nurl = ${quoted(url)}\n${lines.join('\n')}\n`;
};

/** What a store said in its answer: the code and message of its XML, or that it is no store. */
const storeAnswer = (answer: string): string => {
  const [code, message] = ['Code', 'Message'].map((tag) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(answer)?.[1]);
  if (code) return message ? `${code}: ${message.replace(/\.$/, '')}` : code;
  if (/<html|<!doctype/i.test(answer)) return 'a web page came instead of an answer of a store; is there a proxy between';
  return answer.trim() === '' ? 'without a word' : answer.trim().slice(0, 200);
};

/** Why a request failed, from what the script printed; undefined when the store took it. A page with 200 is not an answer of a store. */
const faultOfAnswer = (stdout: string): string | undefined => {
  const { code = '', status = '', fault = '', answer = '' } = wordsOf(stdout);
  // It is there already, from an attempt that was cut off; reading it back decides. The store may hang up before it has read all of it.
  if (status === '412') return undefined;
  if (code !== '0') return `${fault || `curl ended with code ${code}`}. Check the address of the store, and that etcd's pods reach it`;
  if (!/^2\d\d$/.test(status))
    return `HTTP ${status}, ${storeAnswer(answer)}. Check the credentials, the region and the name of the bucket`;
  return answer.trim() === '' ? undefined : `HTTP ${status}, but ${storeAnswer(answer)}. Check the address of the store`;
};

/** Answers of a store that is busy or away for a moment, which say nothing about the snapshot. */
const PASSING: readonly string[] = ['408', '429', '500', '502', '503', '504'];

const throwOutage = (url: string, stdout: string): void => {
  const { status = '', answer = '' } = wordsOf(stdout);
  if (PASSING.includes(status))
    throw new StoreError(
      `${url} does not take a snapshot now: HTTP ${status}, ${storeAnswer(answer)}. Try again when the store has recovered`,
      'unreachable',
    );
};

const send = async (
  member: EtcdMember,
  snapshot: Snapshot,
  url: string,
  request: SignedRequest,
  options: UploadSnapshot,
): Promise<Outcome<void>> => {
  const stdin = inputOf(request, options.caBundle);
  const result = await runScript(member, SEND, [snapshot.path], { stdin, signal: options.signal });
  throwOutage(url, result.stdout);
  const fault = result.exitCode === 0 ? faultOfAnswer(result.stdout) : lastWords(result);
  return fault === undefined ? done(undefined) : refused(UploadFailed({ url, why: fault }));
};

/** Refuses a store that gives a small object of this run to anybody; asked before a snapshot is sent. */
export const refusePublic = async (store: ObjectStore, key: string, signal?: AbortSignal): Promise<Outcome<void>> => {
  const probe = `${key}.probe`;
  await store.put(probe, 'Who can read this can read a snapshot.\n', { contentType: 'text/plain' });
  const everybody = await store.readableByAnyone(probe, { signal });
  await store.delete([probe]);
  return everybody ? refused(BucketPublic({ store: store.url })) : done(undefined);
};

const uploaded = async (etcd: Etcd, snapshot: Snapshot, options: UploadSnapshot): Promise<Outcome<Uploaded>> => {
  const { store, key } = options;
  const url = `${store.url}/${key}`;
  const member = etcd.members.find(({ name }) => name === snapshot.member);
  const request = await store.presignPut(key, SIGNED_SECONDS, { sha256: snapshot.sha256, kmsKey: options.kmsKey });
  if (member === undefined || request === undefined)
    return refused(
      UploadFailed({
        url,
        why: member ? 'the store signs no requests. Use an S3 bucket' : `${snapshot.member} is gone. Take a new snapshot`,
      }),
    );
  const closed = await refusePublic(store, key, options.signal);
  if (!closed.ok) return closed;
  const sent = await send(member, snapshot, url, request, options);
  if (!sent.ok) return sent;
  const same = await readBack(store, key, snapshot, options);
  return same.ok ? done({ url, key, bytes: snapshot.bytes, sha256: snapshot.sha256 }) : same;
};

/**
 * Sends a snapshot from its member to the store, once, and reads it back; a fault of the store is a named reason. A store that is away or
 * busy throws `StoreError` with the fault `unreachable`: whoever asked for the upload knows how long it may be tried again.
 */
export const uploadSnapshot = async (etcd: Etcd, snapshot: Snapshot, options: UploadSnapshot): Promise<Outcome<Uploaded>> => {
  try {
    return await uploaded(etcd, snapshot, options);
  } catch (error) {
    if (error instanceof StoreError && error.fault !== 'unreachable')
      return refused(UploadFailed({ url: `${options.store.url}/${options.key}`, why: error.message }));
    throw error;
  }
};
