import type { Said } from '@godwit/controller';
import { EtcdCorrupt, EtcdMemberDown, EtcdNoSpace, EtcdSplitBrain, EtcdUnhealthy } from '../reasons.ts';
import type { KeyHash, MemberFacts } from './read-member.ts';

type Up = Exclude<MemberFacts, { down: string }>;

/** Whether the member answered. */
export const isUp = (facts: MemberFacts): facts is Up => !('down' in facts);

const different = (values: readonly string[]): string[] => [...new Set(values)];

const memberDown = (facts: readonly MemberFacts[], namespace: string): Said | undefined => {
  const down = facts.find((each) => !isUp(each));
  return down && 'down' in down ? EtcdMemberDown({ member: down.name, namespace, why: down.down }) : undefined;
};

const alarmed = (up: readonly Up[], namespace: string): Said | undefined => {
  const alarms = new Set(up.flatMap((each) => each.alarms));
  if (alarms.has('CORRUPT')) return EtcdCorrupt({ namespace, why: 'the alarm CORRUPT is on' });
  return alarms.has('NOSPACE') ? EtcdNoSpace({ namespace, why: 'the alarm NOSPACE is on' }) : undefined;
};

const split = (up: readonly Up[], namespace: string): Said | undefined => {
  const clusters = different(up.map(({ clusterId }) => clusterId));
  if (clusters.length > 1)
    return EtcdSplitBrain({ namespace, why: `${up.map(({ name, clusterId }) => `${name} is in cluster ${clusterId}`).join(', ')}` });
  if (different(up.map(({ memberId }) => memberId)).length < up.length)
    return EtcdSplitBrain({ namespace, why: `${up.map(({ name, memberId }) => `${name} has the member id ${memberId}`).join(', ')}` });
  return undefined;
};

const strangers = (up: readonly Up[], namespace: string): Said | undefined => {
  const expected = up.map(({ name }) => name).sort();
  const other = up.find(
    ({ members }) =>
      members
        .map(({ name }) => name)
        .sort()
        .join() !== expected.join(),
  );
  if (other === undefined) return undefined;
  const known = other.members.map(({ name }) => name || 'a member that never started').join(', ');
  return EtcdSplitBrain({ namespace, why: `${other.name} knows the members ${known} instead of ${expected.join(', ')}` });
};

const undecided = (up: readonly Up[], namespace: string): Said | undefined => {
  const unwell = up.find(({ healthy }) => !healthy);
  if (unwell) return EtcdUnhealthy({ namespace, why: `${unwell.name} could not commit a proposal in time` });
  const leaders = different(up.map(({ leader, term }) => `${leader} in term ${term}`));
  if (leaders.length > 1) return EtcdUnhealthy({ namespace, why: `the members follow different leaders (${leaders.join(', ')})` });
  return up[0]?.leader === '0' ? EtcdUnhealthy({ namespace, why: 'there is no leader' }) : undefined;
};

/** The first thing that keeps the members from being one healthy cluster of exactly these names; undefined when they are one. */
export const faultOfMembers = (facts: readonly MemberFacts[], namespace: string): Said | undefined => {
  const up = facts.filter(isUp);
  return (
    memberDown(facts, namespace) ?? alarmed(up, namespace) ?? split(up, namespace) ?? undecided(up, namespace) ?? strangers(up, namespace)
  );
};

/** Whether hashes of one revision may be compared: members compact at slightly different moments. */
export const comparable = (hashes: readonly KeyHash[]): boolean => different(hashes.map(({ compacted }) => String(compacted))).length <= 1;

/** Members whose keys differ at one revision. */
export const faultOfHashes = (hashes: readonly KeyHash[], revision: number, namespace: string): Said | undefined => {
  if (different(hashes.map(({ hash }) => String(hash))).length <= 1) return undefined;
  const said = hashes.map(({ name, hash }) => `${name} has ${hash}`).join(', ');
  return EtcdCorrupt({ namespace, why: `the hashes of the keys at revision ${revision} differ: ${said}` });
};
