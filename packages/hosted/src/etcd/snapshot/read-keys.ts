import type { EtcdMember } from '../etcd.ts';
import { storedKeyName } from '../key/stored-value.ts';
import { ETCD_PREFIX } from '../names.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { SnapshotFailed } from '../reasons.ts';
import { lastWords, runScript } from '../script.ts';

/** Numbers of keys by the part that follows `/registry/`: a resource, or the group of custom resources. */
export type KeyCounts = Record<string, number>;

/** Keys only, counted where they are, so that a large etcd costs no memory here. */
const COUNT = `
e --command-timeout=60s get "$2/" --prefix --keys-only --rev "$1" >"$3" || exit 1
cut -d/ -f3 "$3" | sort | uniq -c
rm -f "$3"
`;

const SAMPLE = `
e --command-timeout=10s get "$2/secrets/" --prefix --limit 1 --print-value-only --rev "$1" | head -c 300 | base64 -w0
`;

const countsOf = (stdout: string): KeyCounts =>
  Object.fromEntries([...stdout.matchAll(/^\s*(\d+)\s+(\S+)$/gm)].map(([, count, name]): [string, number] => [name ?? '', Number(count)]));

type Place = { namespace: string; folder: string; revision: number };

/** Counts the keys at a revision. */
export const countKeys = async (member: EtcdMember, place: Place, signal?: AbortSignal): Promise<Outcome<KeyCounts>> => {
  const { namespace, folder, revision } = place;
  const result = await runScript(member, COUNT, [revision, ETCD_PREFIX, `${folder}/.keys-${revision}`], { signal });
  if (result.exitCode === 0) return done(countsOf(result.stdout));
  return refused(SnapshotFailed({ member: member.name, namespace, why: `the keys could not be counted: ${lastWords(result)}` }));
};

/** With which key the first secret is encrypted at a revision: a name, `none` (in the clear), or undefined when there is no secret. */
export const sampleSecretKey = async (member: EtcdMember, revision: number, signal?: AbortSignal): Promise<string | undefined> => {
  const result = await runScript(member, SAMPLE, [revision, ETCD_PREFIX], { signal });
  const value = Buffer.from(result.stdout.trim(), 'base64');
  return value.length === 0 ? undefined : (storedKeyName(value) ?? 'none');
};
