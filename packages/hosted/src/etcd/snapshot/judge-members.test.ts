import { expect, test } from 'vitest';
import { comparable, faultOfHashes, faultOfMembers } from './judge-members.ts';
import type { MemberFacts } from './read-member.ts';

type Up = Exclude<MemberFacts, { down: string }>;

const NAMES = ['etcd-0', 'etcd-1', 'etcd-2'];
const everybody = NAMES.map((name, at) => ({ id: `m${at}`, name }));

const three = (changes: Partial<Up> = {}, of = 'etcd-1'): MemberFacts[] =>
  NAMES.map((name, at) => ({
    name,
    clusterId: 'c1',
    memberId: `m${at}`,
    leader: 'm0',
    term: 2,
    revision: 10,
    dbBytes: 4096,
    alarms: [],
    members: everybody,
    healthy: true,
    ...(name === of ? changes : {}),
  }));

test('three members that agree are one etcd', () => {
  expect(faultOfMembers(three(), 'ns')).toBeUndefined();
});

test.each<[string, MemberFacts[], string, RegExp]>([
  [
    'a member that is down, before anything else',
    [{ name: 'etcd-0', down: 'pod not found' }, ...three({ clusterId: 'c2' })],
    'EtcdMemberDown',
    /etcd-0.*pod not found/,
  ],
  ['the alarm CORRUPT', three({ alarms: ['CORRUPT', 'NOSPACE'] }), 'EtcdCorrupt', /CORRUPT/],
  ['the alarm NOSPACE', three({ alarms: ['NOSPACE'] }), 'EtcdNoSpace', /NOSPACE/],
  ['G-H13 another cluster id', three({ clusterId: 'c2' }), 'EtcdSplitBrain', /etcd-1 is in cluster c2/],
  ['G-H13 two equal member ids', three({ memberId: 'm0' }), 'EtcdSplitBrain', /etcd-1 has the member id m0/],
  [
    'G-H13 two equal names in the list of members',
    three({ members: [everybody[0], everybody[0], everybody[2]].flatMap((each) => each ?? []) }),
    'EtcdSplitBrain',
    /etcd-1 knows the members etcd-0, etcd-0, etcd-2/,
  ],
  ['a foreign member', three({ members: [...everybody, { id: 'm9', name: '' }] }), 'EtcdSplitBrain', /a member that never started/],
  ['a member without quorum', three({ healthy: false, members: [] }), 'EtcdUnhealthy', /etcd-1 could not commit/],
  ['two leaders', three({ leader: 'm1', term: 3 }), 'EtcdUnhealthy', /different leaders/],
  ['no leader', NAMES.flatMap((name) => three({ leader: '0' }, name).filter((each) => each.name === name)), 'EtcdUnhealthy', /no leader/],
])('%s', (_title, facts, reason, message) => {
  const said = faultOfMembers(facts, 'ns');
  expect(said?.reason).toBe(reason);
  expect(said?.message).toMatch(message);
});

test('equal hashes at one revision are no fault, and others name every member', () => {
  const hashes = NAMES.map((name) => ({ name, hash: 7, compacted: 3 }));
  expect(faultOfHashes(hashes, 10, 'ns')).toBeUndefined();
  const other = faultOfHashes([...hashes.slice(1), { name: 'etcd-0', hash: 8, compacted: 3 }], 10, 'ns');
  expect(other).toMatchObject({ reason: 'EtcdCorrupt', message: expect.stringMatching(/etcd-1 has 7, etcd-2 has 7, etcd-0 has 8/) });
});

test('hashes since different compactions say nothing', () => {
  expect(
    comparable([
      { name: 'a', hash: 1, compacted: 3 },
      { name: 'b', hash: 2, compacted: 4 },
    ]),
  ).toBe(false);
});
