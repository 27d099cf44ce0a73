import type { Etcd } from '../etcd.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { EtcdMemberDown, EtcdUnhealthy } from '../reasons.ts';
import { comparable, faultOfHashes, faultOfMembers, isUp } from './judge-members.ts';
import { type KeyHash, type MemberFacts, readKeyHash, readMember, readRevision } from './read-member.ts';

/** An etcd whose members all answer, agree on the leader, and hold the same keys. */
export type EtcdHealth = {
  clusterId: string;
  members: { name: string; id: string }[];
  leader: string;
  term: number;
  /** The newest revision that every member had. */
  revision: number;
  /** Hash of all keys at that revision. */
  hash: number;
  /** Size of the largest member's file. */
  dbBytes: number;
};

/** Compaction reaches the members one after the other, within one round of raft. */
const COMPARISONS = 5;

type Up = Exclude<MemberFacts, { down: string }>;

const readHashes = async (etcd: Etcd, revision: number, signal?: AbortSignal): Promise<Outcome<KeyHash[]>> => {
  const answers = await Promise.all(etcd.members.map((member) => readKeyHash(member, revision, signal)));
  const failed = answers.flatMap((answer) => ('failed' in answer ? [answer.failed] : []))[0];
  if (failed !== undefined) return refused(EtcdUnhealthy({ namespace: etcd.namespace, why: `a hash could not be read: ${failed}` }));
  return done(answers.flatMap((answer) => ('failed' in answer ? [] : [answer])));
};

const sameKeys = async (etcd: Etcd, revision: number, signal?: AbortSignal): Promise<Outcome<number>> => {
  for (let attempt = 1; attempt <= COMPARISONS; attempt += 1) {
    const read = await readHashes(etcd, revision, signal);
    if (!read.ok) return read;
    if (!comparable(read.value)) continue;
    const fault = faultOfHashes(read.value, revision, etcd.namespace);
    return fault ? refused(fault) : done(read.value[0]?.hash ?? 0);
  }
  return refused(EtcdUnhealthy({ namespace: etcd.namespace, why: 'the members compact at different revisions' }));
};

const healthOf = (up: readonly Up[], revision: number, hash: number): EtcdHealth => ({
  clusterId: up[0]?.clusterId ?? '',
  members: up.map(({ name, memberId }) => ({ name, id: memberId })),
  leader: up.find(({ memberId, leader }) => memberId === leader)?.name ?? '',
  term: up[0]?.term ?? 0,
  revision,
  hash,
  dbBytes: Math.max(...up.map(({ dbBytes }) => dbBytes)),
});

/** Asks all members and judges: all healthy, no alarm, one cluster of exactly these members, one leader, equal hashes at one revision. */
export const checkHealth = async (etcd: Etcd, signal?: AbortSignal): Promise<Outcome<EtcdHealth>> => {
  const facts = await Promise.all(etcd.members.map((member) => readMember(member, signal)));
  const fault = faultOfMembers(facts, etcd.namespace);
  if (fault) return refused(fault);
  const up = facts.filter(isUp);
  const revision = Math.min(...up.map((each) => each.revision));
  const hash = await sameKeys(etcd, revision, signal);
  return hash.ok ? done(healthOf(up, revision, hash.value)) : hash;
};

/** The newest revision that any member has; for waiting until nothing writes any more. */
export const revisionOf = async (etcd: Etcd, signal?: AbortSignal): Promise<Outcome<number>> => {
  const revisions: number[] = [];
  for (const [at, answer] of (await Promise.all(etcd.members.map((member) => readRevision(member, signal)))).entries()) {
    if (typeof answer === 'number') revisions.push(answer);
    else return refused(EtcdMemberDown({ member: etcd.members[at]?.name ?? '', namespace: etcd.namespace, why: answer.down }));
  }
  return done(Math.max(...revisions));
};
