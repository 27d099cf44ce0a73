import type { EtcdMember } from '../etcd.ts';
import { hexId, jsonOf, lastWords, runScript, wordsOf } from '../script.ts';

/** What one member says of itself; `down` when it does not answer. */
export type MemberFacts =
  | { name: string; down: string }
  | {
      name: string;
      clusterId: string;
      memberId: string;
      leader: string;
      term: number;
      revision: number;
      dbBytes: number;
      /** Alarms that this member knows of, by their names. */
      alarms: readonly ('NOSPACE' | 'CORRUPT')[];
      /** Members of the cluster as this member knows them. */
      members: readonly { id: string; name: string }[];
      /** Whether a linearizable read went through. */
      healthy: boolean;
    };

type Id = string | number;
type StatusJson = {
  Status: {
    header: { cluster_id: Id; member_id: Id; revision?: number };
    dbSize: number;
    leader?: Id;
    raftTerm: number;
    errors?: string[];
  };
}[];
type MembersJson = { members: { ID: Id; name?: string }[] };
const ALARMS = ['NOSPACE', 'CORRUPT'] as const;

/** The questions are asked at the same time. `member list` goes through the leader, `endpoint health` through a read of all members' log. */
const SCRIPT = `
w=$(mktemp -d) || exit 1
trap 'rm -rf "$w"' EXIT
e --command-timeout=5s member list -w json >"$w/members" 2>/dev/null & members=$!
e --command-timeout=5s endpoint health >"$w/health" 2>&1 & health=$!
status=$(e --command-timeout=5s endpoint status -w json) || exit 1
echo "status $status"
wait $members && echo "members $(cat "$w/members")"
wait $health && echo "healthy yes" || echo "healthy $(tail -n 1 "$w/health")"
`;

/** Asks one member how it is. A member that cannot be asked is a fact; only an aborted call throws. */
export const readMember = async (member: EtcdMember, signal?: AbortSignal): Promise<MemberFacts> => {
  try {
    const result = await runScript(member, SCRIPT, [], { signal });
    return factsOf(member.name, result.stdout) ?? { name: member.name, down: lastWords(result) };
  } catch (error) {
    signal?.throwIfAborted();
    return { name: member.name, down: (error as Error).message };
  }
};

const factsOf = (name: string, stdout: string): MemberFacts | undefined => {
  const words = wordsOf(stdout);
  const status = jsonOf<StatusJson>(words.status ?? '')?.[0]?.Status;
  if (status === undefined) return undefined;
  const members = jsonOf<MembersJson>(words.members ?? '')?.members ?? [];
  const errors = (status.errors ?? []).join(' ');
  return {
    name,
    clusterId: hexId(status.header.cluster_id),
    memberId: hexId(status.header.member_id),
    leader: hexId(status.leader ?? 0),
    term: status.raftTerm,
    revision: Number(status.header.revision ?? 0),
    dbBytes: status.dbSize,
    alarms: ALARMS.filter((alarm) => errors.includes(`alarm:${alarm}`)),
    members: members.map((each) => ({ id: hexId(each.ID), name: each.name ?? '' })),
    healthy: words.healthy === 'yes',
  };
};

/** The newest revision of one member; a failure is text. */
export const readRevision = async (member: EtcdMember, signal?: AbortSignal): Promise<number | { down: string }> => {
  const result = await runScript(member, 'e --command-timeout=5s endpoint status -w json', [], { signal });
  const revision = jsonOf<StatusJson>(result.stdout)?.[0]?.Status.header.revision;
  return revision === undefined ? { down: lastWords(result) } : Number(revision);
};

/** The hash of all keys up to a revision, and since which compaction it counts; undefined when the member does not tell. */
export type KeyHash = { name: string; hash: number; compacted: number };

type HashJson = { HashKV: { hash: number; compact_revision?: number } }[];

/** Asks one member for the hash of its keys at a revision; a failure is text. */
export const readKeyHash = async (member: EtcdMember, revision: number, signal?: AbortSignal): Promise<KeyHash | { failed: string }> => {
  const result = await runScript(member, 'e --command-timeout=60s endpoint hashkv --rev "$1" -w json', [revision], { signal });
  const hash = jsonOf<HashJson>(result.stdout)?.[0]?.HashKV;
  if (result.exitCode !== 0 || hash === undefined) return { failed: `${member.name}: ${lastWords(result)}` };
  return { name: member.name, hash: hash.hash, compacted: Number(hash.compact_revision ?? 0) };
};
