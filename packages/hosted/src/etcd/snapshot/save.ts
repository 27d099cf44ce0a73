import type { EtcdMember } from '../etcd.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { EtcdNoSpace, SnapshotCorrupt, SnapshotFailed } from '../reasons.ts';
import { jsonOf, lastWords, runScript, wordsOf } from '../script.ts';
import { BLOCK_BYTES, TRAILER_BYTES } from './trailer.ts';

/** A file that etcd wrote and that was checked where it lies. */
export type SavedFile = { path: string; bytes: number; sha256: string; revision: number; hash: number; totalKeys: number };

type Place = { namespace: string; folder: string; runId: string; neededBytes: number };

const SAVE = `
folder=$1 file=$2 needed=$3
free=$(df -P -B1 "$folder" | tail -n 1 | { read -r _ _ _ free _; echo "$free"; })
if [ "$free" -lt "$needed" ]; then echo "space $free"; exit 9; fi
rm -f "$file" "$file.part"
e snapshot save "$file" >&2 || exit 1
`;

/** Length, both hashes and etcd's own view at the same time: the file lies in memory, and there is more than one processor. */
const CHECK = `
file=$1
bytes=$(stat -c %s "$file") || exit 1
w=$(mktemp -d) || exit 1
trap 'rm -rf "$w"' EXIT
sha256sum <"$file" >"$w/all" & a=$!
head -c -${TRAILER_BYTES} "$file" | sha256sum >"$w/body" & b=$!
etcdutl snapshot status -w json "$file" >"$w/status" 2>"$w/fault" & c=$!
wait $a && wait $b
wait $c || echo "fault $(tail -n 1 "$w/fault")"
read -r all _ <"$w/all"
read -r body _ <"$w/body"
echo "bytes $bytes"
echo "sha256 $all"
echo "body $body"
echo "trailer $(tail -c ${TRAILER_BYTES} "$file" | od -An -v -tx1 | tr -d ' \\n')"
echo "status $(cat "$w/status")"
`;

const isFull = (text: string): boolean => /no space left on device|space exceeded|ENOSPC/i.test(text);

/** Has a member write its snapshot into the folder, if there is room. */
export const saveSnapshot = async (member: EtcdMember, place: Place, signal?: AbortSignal): Promise<Outcome<string>> => {
  const { namespace, folder, runId, neededBytes } = place;
  const path = `${folder}/${runId}.db`;
  const result = await runScript(member, SAVE, [folder, path, neededBytes], { signal });
  if (result.exitCode === 0) return done(path);
  const said = lastWords({ stdout: '', stderr: result.stderr });
  if (result.exitCode === 9) {
    const free = wordsOf(result.stdout).space ?? '0';
    return refused(
      EtcdNoSpace({ namespace, why: `a snapshot needs ${neededBytes} bytes in ${folder} of ${member.name}, ${free} are free` }),
    );
  }
  if (isFull(result.stderr)) return refused(EtcdNoSpace({ namespace, why: `${folder} of ${member.name} is full` }));
  return refused(SnapshotFailed({ member: member.name, namespace, why: said }));
};

type StatusJson = { hash: number; revision: number; totalKey: number };

const faultOf = (words: Record<string, string>): { check: 'size' | 'trailer' | 'content'; why: string } | undefined => {
  const bytes = Number(words.bytes);
  if (bytes % BLOCK_BYTES !== TRAILER_BYTES) return { check: 'size', why: `${bytes} bytes are not whole pages and a hash` };
  if (words.trailer !== words.body)
    return { check: 'trailer', why: `the hash at its end is ${words.trailer}, its bytes have ${words.body}` };
  return words.fault ? { check: 'content', why: `etcdutl cannot read it: ${words.fault.slice(0, 200)}` } : undefined;
};

/** Checks a snapshot where it lies: whole pages, etcd's hash at the end, and that etcd's own tool reads it. */
export const checkFile = async (member: EtcdMember, path: string, namespace: string, signal?: AbortSignal): Promise<Outcome<SavedFile>> => {
  const result = await runScript(member, CHECK, [path], { signal });
  if (result.exitCode !== 0) return refused(SnapshotFailed({ member: member.name, namespace, why: lastWords(result) }));
  const words = wordsOf(result.stdout);
  const where = `${member.name}:${path}`;
  const fault = faultOf(words);
  if (fault) return refused(SnapshotCorrupt({ where, ...fault }));
  const status = jsonOf<StatusJson>(words.status ?? '');
  if (status === undefined) return refused(SnapshotCorrupt({ where, check: 'content', why: 'etcdutl says nothing about it' }));
  const { revision, hash, totalKey } = status;
  return done({ path, bytes: Number(words.bytes), sha256: words.sha256 ?? '', revision, hash, totalKeys: totalKey });
};
