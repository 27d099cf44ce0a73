import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addImage, addIndex, releaseFiles, startTestRegistry, type TestRegistry } from './registry.fixture.ts';
import { ReleaseError } from './release.ts';
import { releasesFrom } from './releases.ts';

let registry: TestRegistry;
beforeAll(async () => {
  registry = await startTestRegistry();
});
afterEach(() => {
  registry.rules.length = 0;
  registry.asked.length = 0;
});
afterAll(() => registry.stop());

const tagged = (tag: string, digest: string): string => {
  registry.contents.tags.set(tag, digest);
  return `${registry.address}/org/release:${tag}`;
};
const aRelease = async (tag: string, layers = [{ 'etc/os-release': 'Debian' }, releaseFiles('4.21.0')]): Promise<string> =>
  tagged(tag, await addImage(registry.contents, layers));
const read = (image: string, access: { pullSecret?: string; trust?: string; signal?: AbortSignal } = {}) =>
  releasesFrom().read(image, { trust: registry.trust, ...access });

test('a release tells its versions, its architecture and the images of its components', async () => {
  const image = await aRelease('plain');
  expect(await read(image)).toEqual({
    image,
    version: '4.21.0',
    kubernetesVersion: '1.34.3',
    architecture: 'amd64',
    images: { etcd: 'registry.example/etcd@sha256:1' },
  });
});

test.each(['tar+gzip', 'tar+zstd'] as const)('layers may be compressed as %s', async (compression) => {
  const image = tagged(compression.replace('+', '-'), await addImage(registry.contents, [releaseFiles('4.21.3')], { compression }));
  expect((await read(image)).version).toBe('4.21.3');
});

test.each([
  ['the versions of the component images', releaseFiles('4.21.0', {}, 'kubectl=1.34.1,kubernetes=1.34.2'), '1.34.2'],
  ['the map of releases', releaseFiles('4.20.9', {}), '1.33.0'],
])('the version of Kubernetes comes from %s when the metadata has none', async (title, files, version) => {
  expect((await read(await aRelease(title.replaceAll(' ', '-'), [files]))).kubernetesVersion).toBe(version);
});

test('of an index the image for the wanted architecture is read', async () => {
  const amd64 = await addImage(registry.contents, [releaseFiles('4.21.0')]);
  const arm64 = await addImage(registry.contents, [releaseFiles('4.21.1')], { architecture: 'arm64' });
  const image = tagged('index', addIndex(registry.contents, { amd64, arm64 }));
  const { version, architecture } = await releasesFrom({ architecture: 'arm64' }).read(image, { trust: registry.trust });
  expect({ version, architecture }).toEqual({ version: '4.21.1', architecture: 'arm64' });
});

test('a release that is known by its digest is not asked for again, and a tag that moves is followed', async () => {
  const releases = releasesFrom();
  const image = await aRelease('moving');
  const digest = registry.contents.tags.get('moving') ?? '';
  await releases.read(image, { trust: registry.trust });
  registry.asked.length = 0;
  const pinned = `${registry.address}/org/release@${digest}`;
  expect(await releases.read(pinned, { trust: registry.trust })).toMatchObject({ image: pinned, version: '4.21.0' });
  expect(registry.asked).toEqual([]);
  await aRelease('moving', [releaseFiles('4.21.7')]);
  expect((await releases.read(image, { trust: registry.trust })).version).toBe('4.21.7');
});

test('a registry is asked at the address that the operator was given for it', async () => {
  await aRelease('elsewhere');
  const releases = releasesFrom({ overrides: { 'registry.example:5000': registry.address } });
  const image = 'registry.example:5000/org/release:elsewhere';
  expect(await releases.read(image, { trust: registry.trust })).toMatchObject({ image, version: '4.21.0' });
});

const secretFor = (host: string, password: string): string =>
  JSON.stringify({ auths: { [host]: { auth: Buffer.from(`user:${password}`).toString('base64') } } });
const BASIC = `Basic ${Buffer.from('user:pass').toString('base64')}`;

test('a registry that wants a password gets it, and only when it asks', async () => {
  const image = await aRelease('basic');
  registry.rules.push(({ headers }, response) => {
    if (headers.authorization === BASIC) return false;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
    return true;
  });
  expect((await read(image, { pullSecret: secretFor(registry.address, 'pass') })).version).toBe('4.21.0');
  await expect(read(image, { pullSecret: secretFor(registry.address, 'wrong') })).rejects.toThrow(
    'refused the credentials of the pull secret',
  );
  await expect(read(image)).rejects.toThrow('wants credentials, and the pull secret has none for it');
});

test('a registry that wants a token gets one for the password, with the scope that it named', async () => {
  const image = await aRelease('bearer');
  const realm = `https://${registry.address}/token`;
  registry.rules.push(({ url = '', headers }, response) => {
    if (url.startsWith('/token')) response.writeHead(headers.authorization === BASIC ? 200 : 401).end('{"token":"abc"}');
    else if (headers.authorization === 'Bearer abc') return false;
    else response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="s",scope="repository:org/release:pull"` }).end();
    return true;
  });
  expect((await read(image, { pullSecret: secretFor(`${registry.address}/org`, 'pass') })).version).toBe('4.21.0');
  expect(registry.asked).toContain('/token?service=s&scope=repository%3Aorg%2Frelease%3Apull');
});

test('a storage service behind the registry gets no credentials', async () => {
  const image = await aRelease('redirected');
  const seen: (string | undefined)[] = [];
  registry.rules.push(({ url = '', headers }, response) => {
    if (url.startsWith('/storage')) {
      seen.push(headers.authorization);
      return false;
    }
    if (headers.authorization !== BASIC) response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
    else if (url.includes('/blobs/')) response.writeHead(307, { location: `/storage/${url.split('/').at(-1)}` }).end();
    else return false;
    return true;
  });
  expect((await read(image, { pullSecret: secretFor(registry.address, 'pass') })).version).toBe('4.21.0');
  expect(new Set(seen)).toEqual(new Set([undefined]));
});

const altered = (image: string, alter: (bytes: Buffer) => Buffer): string => {
  const manifest = registry.contents.blobs.get(registry.contents.tags.get(image.split(':').at(-1) ?? '') ?? '');
  const { layers } = JSON.parse(String(manifest)) as { layers: { digest: string }[] };
  const { digest } = layers.at(-1) ?? { digest: '' };
  registry.contents.blobs.set(digest, alter(registry.contents.blobs.get(digest) ?? Buffer.alloc(0)));
  return image;
};

/** Each damages a release of its own: layers are shared by what is in them. */
test.each([
  ['a flipped bit', '4.21.21', (bytes: Buffer) => Buffer.from(bytes.map((byte, place) => (place === 700 ? byte ^ 1 : byte)))],
  ['a body that was cut', '4.21.22', (bytes: Buffer) => bytes.subarray(0, 900)],
  ['a page of HTML', '4.21.23', () => Buffer.from('<html>sign in</html>'.repeat(60))],
])('%s in place of a layer is found', async (_title, version, alter) => {
  const image = altered(await aRelease(version, [releaseFiles(version)]), alter);
  await expect(read(image)).rejects.toThrow(/cannot be read: what the registry sent for sha256:[0-9a-f]{64} is something else/);
});

test.each([
  ['no image name', 'A b', 'it is not the name of an image with its registry'],
  ['no registry in the name', 'org/release:4.21.0', 'it is not the name of an image with its registry'],
  ['a host that nobody knows', 'registry.invalid/org/release:1', 'the host name of registry.invalid is not known'],
  ['a port on which nobody listens', '127.0.0.1:1/org/release:1', '127.0.0.1:1 refused the connection'],
])('the error tells why, and what helps: %s', async (_title, image, why) => {
  const error = await read(image).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ReleaseError);
  expect((error as Error).message).toMatch(`Release image ${image} cannot be read: ${why}`);
});

test('an image that is not there, and one that is no release, are told apart', async () => {
  await expect(read(`${registry.address}/org/release:absent`)).rejects.toThrow(
    'does not have it. Correct spec.release.image, or push the image.',
  );
  await expect(read(await aRelease('shop', [{ 'bin/sh': '' }]))).rejects.toThrow('there is no release-manifests/image-references in it');
  await expect(read(await aRelease('broken', [{ ...releaseFiles('4.21.0'), 'release-manifests/release-metadata': '{' }]))).rejects.toThrow(
    'release-manifests/release-metadata in it is not JSON',
  );
});

test('an index without the architecture names those that it has', async () => {
  const image = tagged('foreign', addIndex(registry.contents, { s390x: 'sha256:1', ppc64le: 'sha256:2' }));
  await expect(read(image)).rejects.toThrow('it is not made for amd64, only for s390x, ppc64le');
});

test('an authority that nobody vouches for is not trusted', async () => {
  await expect(releasesFrom().read(await aRelease('untrusted'), {})).rejects.toThrow(
    'signed by an unknown authority. Put the authority into',
  );
});

test('a pull secret that is no JSON is refused without a word of it', async () => {
  const error = await read(await aRelease('secret'), { pullSecret: 'hunter2' }).catch((caught: Error) => caught);
  expect(String(error)).toContain('the pull secret is not JSON');
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error)) + String((error as Error).cause)).not.toContain('hunter2');
});

test('a registry in trouble is named with its status', async () => {
  const image = await aRelease('trouble');
  registry.rules.push((_request, response) => Boolean(response.writeHead(503).end()));
  await expect(read(image)).rejects.toThrow(`${registry.address} answered with status 503`);
});

test('a caller who gives up gets its own reason', async () => {
  const gone = new Error('gone');
  await expect(read(await aRelease('given-up'), { signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
});
