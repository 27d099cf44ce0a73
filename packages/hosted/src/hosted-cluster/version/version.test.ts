import { expect, test } from 'vitest';
import { controlPlaneVersion, type VersionFacts } from './control-plane-version.ts';
import { type HistoryEntry, pruned, withEntry } from './history.ts';
import { judgeUpgrade } from './upgrade-gate.ts';
import { versionStatus } from './version-status.ts';

const now = '2030-01-02T00:00:00Z';
const earlier = '2030-01-01T00:00:00Z';

const entry = (image: string, changes: Partial<HistoryEntry> = {}): HistoryEntry => ({
  state: 'Partial',
  startedTime: earlier,
  version: '4.21.0',
  image,
  verified: false,
  ...changes,
});
const completed = (image: string): HistoryEntry => entry(image, { state: 'Completed', completionTime: earlier });
const done = { version: '4.21.0', rolledOut: true };

const facts = (changes: Partial<VersionFacts>): VersionFacts => ({
  before: undefined,
  image: 'a',
  version: '4.21.0',
  components: [done],
  generation: 3,
  now,
  ...changes,
});
const before = (...history: HistoryEntry[]): VersionFacts['before'] => ({ history });

test.each<[string, Partial<VersionFacts>, readonly HistoryEntry[]]>([
  ['without components nothing is entered', { components: [] }, []],
  ['without components nothing is completed', { components: [], before: before(entry('a')) }, [entry('a')]],
  ['the first population is partial', {}, [entry('a', { startedTime: now })]],
  ['it is completed on the next pass', { before: before(entry('a')) }, [entry('a', { state: 'Completed', completionTime: now })]],
  [
    'a component that is behind keeps it partial',
    { before: before(entry('a')), components: [done, { ...done, version: '4.20.0' }] },
    [entry('a')],
  ],
  [
    'a new component keeps it partial',
    { before: before(entry('a')), components: [done, { version: undefined, rolledOut: false }] },
    [entry('a')],
  ],
  ['what is completed stays as it is', { before: before(completed('a')), components: [{ ...done, rolledOut: false }] }, [completed('a')]],
  [
    'a new digest of the same version is a new partial entry in front',
    { before: before(completed('a')), image: 'b' },
    [entry('b', { startedTime: now }), completed('a')],
  ],
  [
    'a partial entry that is replaced ends, and stays partial',
    { before: before(entry('a')), image: 'b' },
    [entry('b', { startedTime: now }), entry('a', { completionTime: now })],
  ],
  ['a release that cannot be read changes nothing', { before: before(completed('a')), image: 'b', version: undefined }, [completed('a')]],
])('version of the control plane: %s', (_title, changes, history) => {
  const next = controlPlaneVersion(facts(changes));
  expect(next.history).toEqual(history);
  expect(next).toMatchObject({ desired: { image: changes.image ?? 'a' }, observedGeneration: 3 });
});

test('a history keeps at most 100 entries, among them the newest, the first and the last completed one', () => {
  const first = completed('first');
  const history = [...Array.from({ length: 98 }, (_, index) => entry(`image-${index}`)), completed('last'), first];
  const next = withEntry(history, entry('new', { startedTime: now }));
  expect(next).toHaveLength(100);
  expect(next.map(({ image }) => image)).toEqual(expect.arrayContaining(['new', 'image-0', 'first', 'last']));
});

test('of 101 entries a partial patch goes before a completed release of another minor', () => {
  const others = Array.from({ length: 99 }, (_, index) => entry(`image-${index}`));
  const old = entry('old-minor', { state: 'Completed', version: '4.20.0' });
  expect(pruned([...others, old, completed('first')])).toContainEqual(old);
});

const upgrade = {
  wanted: { image: 'image-4.14', version: '4.15.0' },
  current: { image: 'image-4.13', version: '4.14.0' },
  upgradeable: 'False',
  forcedTo: undefined,
  hasControlPlaneRelease: false,
};

test.each([
  ['no status.version yet is no upgrade', { current: undefined }, { upgrading: false }],
  ['the same image is no upgrade', { current: { image: 'image-4.14' } }, { upgrading: false }],
  ['the same image with its digest is no upgrade', { current: { image: 'image-4.14@sha256:1' } }, { upgrading: false }],
  ['a cluster that says no is not upgraded', {}, { upgrading: true, refused: 'cluster version is not upgradeable' }],
  [
    'why it says no is told',
    { upgradeableMessage: 'an API goes' },
    { upgrading: true, refused: 'cluster version is not upgradeable: an API goes' },
  ],
  [
    'force to another image does not help',
    { forcedTo: 'image-4.13' },
    { upgrading: true, refused: 'force upgrade annotation is present but does not match desired release image' },
  ],
  ['force to this image does', { forcedTo: 'image-4.14' }, { upgrading: true, forced: 'upgrade is forced by annotation' }],
  [
    'a release of the control plane alone is forced',
    { hasControlPlaneRelease: true },
    { upgrading: true, forced: 'upgrade is forced by controlPlaneRelease' },
  ],
  ['a patch release goes although the cluster says no', { wanted: { image: 'image-4.14', version: '4.14.1' } }, { upgrading: true }],
  ['a cluster that says yes is upgraded', { upgradeable: 'True' }, { upgrading: true }],
  ['a cluster that says nothing is upgraded', { upgradeable: undefined }, { upgrading: true }],
])('T22: %s', (_title, changes, verdict) => {
  expect(judgeUpgrade({ ...upgrade, ...changes })).toEqual(verdict);
});

const own = { desired: { image: 'a', version: '4.21.0' }, history: [entry('a')], observedGeneration: 1 };

test.each([
  ['what the control plane says wins', { fromControlPlane: own, before: undefined }, own],
  ['what was said of the same image stays', { fromControlPlane: undefined, before: own }, own],
  [
    'before anything is known there is one partial entry',
    { fromControlPlane: undefined, before: undefined },
    { desired: { image: 'a', version: '4.21.0' }, history: [entry('a', { startedTime: now })], observedGeneration: 2 },
  ],
])('status.version: %s', (_title, sources, expected) => {
  expect(versionStatus({ ...sources, image: 'a', version: '4.21.0', generation: 2, now })).toEqual(expected);
});
