import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import type { KubeObject, ServedResource } from '@godwit/kube';
import fc from 'fast-check';
import { type Header, pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { type Archive, openArchive } from './archive-reader.ts';
import { archiveWriter } from './archive-writer.ts';
import { canonicalJson } from './canonical-json.ts';
import { entryPath, parseEntryPath } from './entry-path.ts';
import { manifestProblems, manifestWriter } from './manifest.ts';

const PODS: ServedResource = {
  group: '',
  version: 'v1',
  kind: 'Pod',
  plural: 'pods',
  singular: 'pod',
  shortNames: [],
  scope: 'Namespaced',
  verbs: [],
  subresources: [],
  preferred: true,
};
const DEPLOYMENTS: ServedResource = { ...PODS, group: 'apps', kind: 'Deployment', plural: 'deployments' };
const NODES: ServedResource = { ...PODS, kind: 'Node', plural: 'nodes', scope: 'Cluster' };

const write = async (objects: readonly (readonly [ServedResource, KubeObject])[]) => {
  const sums = new Map<string, string>();
  const writer = archiveWriter((path, sum) => sums.set(path, sum), new Date(0));
  const zipped = writer.stream.pipe(createGzip());
  const opening = openArchive(zipped);
  for (const [resource, object] of objects) await writer.add(resource, object);
  await writer.finish();
  return { archive: await opening, sums, writer };
};
const pod = (name: string, namespace = 'ns-1'): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace } });

test('golden: the layout of an archive', async () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'raz', namespace: 'zoo' } };
  const { archive, writer } = await write([
    [PODS, pod('bar', 'foo')],
    [DEPLOYMENTS, deployment],
    [NODES, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } }],
    [PODS, pod('bar', 'foo')],
  ]);
  expect([...archive.checksums.keys()]).toEqual([
    'metadata/version',
    'resources/pods/namespaces/foo/bar.json',
    'resources/pods/v1-preferredversion/namespaces/foo/bar.json',
    'resources/deployments.apps/namespaces/zoo/raz.json',
    'resources/deployments.apps/v1-preferredversion/namespaces/zoo/raz.json',
    'resources/nodes/cluster/n.json',
    'resources/nodes/v1-preferredversion/cluster/n.json',
  ]);
  expect(archive.formatVersion).toBe('1.1.0');
  expect(writer.resourceList()).toEqual({ 'apps/v1/Deployment': ['zoo/raz'], 'v1/Node': ['n'], 'v1/Pod': ['foo/bar'] });
  await archive.close();
});

const name = fc.stringMatching(/^[a-z]([a-z0-9.-]{0,80}[a-z0-9])?$/);
const anObject = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Pod'),
  metadata: fc.record({ name, namespace: name }),
  data: fc.dictionary(fc.string(), fc.jsonValue()),
}) as fc.Arbitrary<KubeObject>;

test('G-B40 (a) what is written is read again, each object once', async () => {
  const isSafe = (object: KubeObject) => !JSON.stringify(object).includes('__proto__');
  await fc.assert(
    fc.asyncProperty(fc.array(anObject.filter(isSafe), { maxLength: 8 }), async (objects) => {
      const { archive, sums } = await write(objects.map((object) => [PODS, object]));
      const unique = new Map(objects.toReversed().map((object) => [`${object.metadata.namespace}/${object.metadata.name}`, object]));
      const read = new Map<string, KubeObject>();
      for (const item of archive.items) read.set(`${item.namespace}/${item.name}`, await archive.read(item));
      await archive.close();
      const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
      expect(plain(Object.fromEntries(read))).toEqual(plain(Object.fromEntries(unique)));
      expect(archive.checksums).toEqual(sums);
    }),
    { numRuns: 40 },
  );
});

describe('JSON', () => {
  test.each([
    [{ b: 1, a: { d: [], c: null } }, '{"a":{"c":null,"d":[]},"b":1}'],
    [{ html: '<a href="x">&</a>' }, '{"html":"\\u003ca href=\\"x\\"\\u003e\\u0026\\u003c/a\\u003e"}'],
    [{ line: '\u2028' }, '{"line":"\\u2028"}'],
    [{ 10: 'a', 9: 'b', a: 'c' }, '{"10":"a","9":"b","a":"c"}'],
    [{ Z: 1, a: 2, _: 3 }, '{"Z":1,"_":3,"a":2}'],
  ])('%j is written as Go writes it', (value, written) => expect(canonicalJson(value)).toBe(written));
});

describe('paths', () => {
  test.each([
    [{ resource: 'pods', namespace: '', name: 'item' }, 'root/resources/pods/cluster/item.json'],
    [{ resource: 'pods', namespace: 'ns', name: 'item' }, 'root/resources/pods/namespaces/ns/item.json'],
  ])('R37 %j', (entry, path) => expect(entryPath(entry, 'root/resources')).toBe(path));

  test.each([
    'resources/pods/v1-preferredversion/namespaces/a/b.json',
    'metadata/version',
    'other/pods/cluster/a.json',
    'resources/pods/cluster/a.txt',
  ])('%s is no plain path', (path) => expect(parseEntryPath(path)).toBeUndefined());
});

const archiveOf = (
  entries: readonly (Partial<Header> & { name: string; body?: string })[],
  limits?: Parameters<typeof openArchive>[1],
): Promise<Archive> => {
  const tar = pack();
  for (const { body = '', ...header } of entries) tar.entry(header as Header, body);
  tar.finalize();
  return openArchive(Readable.from(tar).pipe(createGzip()), limits);
};

describe('R38 G-B11 an archive is refused that holds', () => {
  test.each([
    ['a path out of it', [{ name: '../x' }]],
    ['a path out of it, further down', [{ name: 'resources/../../x' }]],
    ['an absolute path', [{ name: '/etc/passwd' }]],
    ['a symbolic link', [{ name: 'l', type: 'symlink' as const, linkname: '/etc' }]],
    ['a hard link', [{ name: 'l', type: 'link' as const, linkname: 'x' }]],
    ['a device', [{ name: 'd', type: 'character-device' as const }]],
    ['an entry twice', [{ name: 'a' }, { name: 'a' }]],
  ])('%s', async (_title, entries) => {
    await expect(archiveOf(entries)).rejects.toMatchObject({ name: 'InvalidArchiveError' });
  });

  test.each([
    ['too many entries', { entries: 1, entryBytes: 100, totalBytes: 100 }],
    ['too large an entry', { entries: 9, entryBytes: 2, totalBytes: 100 }],
    ['too many bytes', { entries: 9, entryBytes: 100, totalBytes: 5 }],
  ])('%s', async (_title, limits) => {
    await expect(
      archiveOf(
        [
          { name: 'a', body: 'aaa' },
          { name: 'b', body: 'bbb' },
        ],
        { limits },
      ),
    ).rejects.toMatchObject({ name: 'InvalidArchiveError' });
  });
});

test('a name that Kubernetes allows is none too odd for an archive', async () => {
  const names = ['back\\slash', 'with:colon', 'two\nlines', 'x.json', 'v1-preferredversion', 'ünï', 'r'.repeat(300)];
  const roles: ServedResource = { ...PODS, group: 'rbac.authorization.k8s.io', kind: 'Role', plural: 'roles' };
  const role = (name: string) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name, namespace: 'a' } });
  const { archive, sums } = await write(names.map((name) => [roles, role(name)] as const));
  expect(archive.items.map(({ name }) => name)).toEqual(names);
  expect(archive.checksums).toEqual(sums);
  await archive.close();
});

test('R8 G-B3 old shapes are read: format 1, directories, foreign folders, plain paths only', async () => {
  const archive = await archiveOf([
    { name: 'metadata/version', body: '1' },
    { name: 'resources', type: 'directory' },
    { name: 'notes/readme', body: 'x' },
    { name: 'resources/pods/namespaces/a/b.json', body: '{"kind":"Pod"}' },
  ]);
  expect(archive.formatVersion).toBe('1');
  expect(archive.items.map(({ name: item }) => item)).toEqual(['b']);
  await archive.close();
});

test('G-B9 a changed, missing or added entry is named', async () => {
  const writer = manifestWriter();
  writer.entry('same', '1');
  writer.entry('changed', '1');
  writer.entry('gone', '1');
  writer.finish([{ key: 'backups/b/b.tar.gz', sha256: 's', bytes: 3 }]);
  const manifest = JSON.parse(await text(writer.stream));
  expect(manifest.files).toEqual({ 'b.tar.gz': { sha256: 's', bytes: 3 } });
  const found = new Map([
    ['same', '1'],
    ['changed', '2'],
    ['new', '1'],
  ]);
  expect(manifestProblems(manifest, found)).toEqual(['changed was changed', 'gone is missing', 'new was added']);
});
