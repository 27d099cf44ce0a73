import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeLines } from '../commands/status.ts';
import { launch, requireComponent, stopComponent } from './components.ts';
import { knownSets, requireName, setFolder, stateRoot } from './folders.ts';
import { linksWithAlias, mountsBelow } from './leftovers.ts';
import { changeState, readState, requireCluster, requireState, type SetState, writeState } from './state.ts';
import { orphanedSets, stopSet } from './stop.ts';

const before = process.env.GODWIT_STATE_DIR;
const root = mkdtempSync(join(tmpdir(), 'godwit-sets-'));
beforeAll(() => {
  process.env.GODWIT_STATE_DIR = root;
});
afterAll(() => {
  if (before === undefined) delete process.env.GODWIT_STATE_DIR;
  else process.env.GODWIT_STATE_DIR = before;
  rmSync(root, { recursive: true });
});

const aSet = (id: string, more: Partial<SetState> = {}): SetState => ({
  version: 1,
  id,
  complete: true,
  clusters: [],
  components: [],
  ...more,
});

test.each([
  ['the folder that the user set', { GODWIT_STATE_DIR: '/srv/g' }, 0, '/srv/g'],
  ['root', {}, 0, '/var/lib/godwit'],
  ['others', { XDG_STATE_HOME: '/home/a/state' }, 1000, '/home/a/state/godwit'],
])('sets are kept where their owner may write: %s', (_title, env, uid, wanted) => {
  expect(stateRoot(env, uid)).toBe(wanted);
});

test.each(['dev', 'test-2', 'a'])('%j may name a set', (name) => expect(requireName('Set id', name)).toBe(name));

test.each(['', 'Dev', '2nd', 'a.b', '../etc', 'a b', 'x'.repeat(25)])('%j may not name a set', (name) => {
  expect(() => requireName('Set id', name)).toThrow('use up to 24 lower-case letters, digits and dashes');
});

test('what is written is read back, and only its owner can read it', () => {
  writeState(aSet('written', { subnet: 207 }));
  expect(readState('written')).toEqual(aSet('written', { subnet: 207 }));
  expect(statSync(join(setFolder('written'), 'state.json')).mode & 0o077).toBe(0);
  expect(knownSets()).toContain('written');
});

test('changes made at the same time are all kept', async () => {
  writeState(aSet('changed'));
  const add = (name: string) =>
    changeState('changed', (state) => ({ ...state, clusters: [...state.clusters, { name, server: '', kubeconfigPath: '', etcd: '' }] }));
  await Promise.all(['a', 'b', 'c'].map(add));
  expect(
    requireState('changed')
      .clusters.map(({ name }) => name)
      .sort(),
  ).toEqual(['a', 'b', 'c']);
});

test('what is absent is named, with what there is', () => {
  const state = aSet('x', { clusters: [{ name: 'alpha', server: '', kubeconfigPath: '', etcd: '' }] });
  expect(() => requireState('nobody')).toThrow('There is no set of clusters "nobody". Start it: godwit-dev up --set nobody');
  expect(() => requireCluster(state, 'gamma')).toThrow('Set x has no cluster "gamma"; it has alpha');
  expect(() => requireComponent(state, 'alpha', 'etcd')).toThrow('Set x has no component alpha/etcd; it has none');
});

test('a set is an orphan when the process that it belongs to has ended', () => {
  writeState(aSet('orphan', { owner: { pid: process.pid, startTime: '1' } }));
  writeState(aSet('free'));
  expect(orphanedSets()).toEqual(['orphan']);
});

test('the end of a set ends its programs, also those that nobody recorded, and removes its folder', async () => {
  writeState(aSet('ended'));
  const log = join(setFolder('ended'), 'log');
  const sleeper = { argv: ['sleep', '300'], env: {}, log };
  await launch('ended', { ...sleeper, name: 'recorded' });
  await launch('ended', { ...sleeper, name: 'forgotten' });
  await changeState('ended', (state) => ({ ...state, components: state.components.filter(({ name }) => name === 'recorded') }));
  await stopSet('ended');
  expect(knownSets()).not.toContain('ended');
});

test('a stopped component stays on record, so that it can be started again', async () => {
  writeState(aSet('again'));
  await launch('again', { name: 'one', argv: ['sleep', '300'], env: {}, log: join(setFolder('again'), 'log') });
  await stopComponent('again', undefined, 'one');
  expect(describeLines(requireState('again'), () => false)).toEqual(['again\tstarted', '  one\tended']);
  await stopSet('again');
});

test('only links with the alias of the set are its own', () => {
  const json = JSON.stringify([
    { ifname: 'gw200', ifalias: 'godwit-dev dev' },
    { ifname: 'gw201', ifalias: 'godwit-dev dev-2' },
    { ifname: 'br0' },
    {},
  ]);
  expect(linksWithAlias(json, 'godwit-dev dev')).toEqual(['gw200']);
});

test('mounts below the folder are found, deepest first, and no neighbours', () => {
  const mounts = ['a /s/dev/x ext4', 'b /s/dev/x/y\\040z tmpfs', 'c /s/dev-2/x ext4', 'd /s/dev ext4']
    .map((line) => `${line} rw 0 0`)
    .join('\n');
  expect(mountsBelow(mounts, '/s/dev')).toEqual(['/s/dev/x/y z', '/s/dev/x']);
});
