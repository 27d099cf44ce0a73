import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTestRegistry, type TestRegistry } from '../../test/registry.ts';
import { pushTinySeed, type TinySeed } from '../../test/seed.ts';
import { runHere } from '../host/run.ts';
import { SEED_INFO_LABEL } from './cluster-info.ts';
import { readSeedContents } from './contents.ts';
import { architectureHere, writeSeedLayout } from './image/layout.ts';
import { pushSeed } from './image/push.ts';
import { inspectSeed } from './inspect.ts';
import { isPulled, layerPath, pullSeed, verifyLayers } from './pull.ts';
import { spaceProblem } from './space.ts';
import { unpackSeed } from './unpack.ts';

let open: TestRegistry;
let closed: TestRegistry;
let work = '';
const host = { freeSpace: async () => ({ total: 8e9, free: 4e9 }) };

beforeAll(async () => {
  open = await startTestRegistry();
  closed = await startTestRegistry({ password: true });
}, 60_000);
afterAll(async () => {
  await open.stop();
  await closed.stop();
});
beforeEach(() => {
  if (work !== '') rmSync(work, { recursive: true, force: true });
  work = mkdtempSync(join(tmpdir(), 'godwit-pull-'));
});

const pushed = async (name: string, seed: TinySeed = {}, registry = open) => {
  const image = `${registry.host}/lab/${name}:1`;
  return { image, ...(await pushTinySeed(image, registry.access, seed)) };
};
const pulled = async (name: string, seed: TinySeed = {}) => {
  const { image, checksum } = await pushed(name, seed);
  const found = await inspectSeed(image, open.access, runHere);
  const folder = join(work, 'image');
  const told: number[] = [];
  await pullSeed({ seed: found, folder, access: open.access, run: runHere, progress: (done) => told.push(done) });
  return { seed: found, folder, checksum, told };
};

test('a seed is read by its name without pulling a layer, and resolved to its digest', async () => {
  const { image, digest } = await pushed('read');
  const seed = await inspectSeed(`docker://${image}`, open.access, runHere);
  expect(seed).toMatchObject({ digest, reference: `${open.host}/lab/read@${digest}`, architecture: architectureHere() });
  expect(JSON.parse(seed.labels[SEED_INFO_LABEL] ?? '')).toMatchObject({ release_registry: 'quay.io', seed_cluster_ocp_version: '4.21.0' });
  expect(seed.bytes).toBeGreaterThan(1000);
  expect(await isPulled(work, seed)).toBe(false);
});

test('the seed document’s own pipeline finds the release registry', async () => {
  const { image } = await pushed('pipeline');
  const pipeline = `skopeo inspect --cert-dir "$1" docker://"$2" | jq -r '.Labels."com.openshift.lifecycle-agent.seed_cluster_info" | fromjson | .release_registry'`;
  expect(await runHere(['sh', '-c', pipeline, 'sh', open.access.certificates ?? '', image])).toBe('quay.io\n');
});

test('the digest that was resolved is pulled, also after the tag was moved', async () => {
  const { image, checksum } = await pushed('moved');
  const seed = await inspectSeed(image, open.access, runHere);
  await pushTinySeed(image, open.access, { version: '4.22.0' });
  const folder = join(work, 'image');
  await pullSeed({ seed, folder, access: open.access, run: runHere });
  await verifyLayers(folder, seed);
  await unpackSeed(folder, seed, { into: join(work, 'seed'), host });
  expect((await readSeedContents(join(work, 'seed'), '4.21.0')).deployment.checksum).toBe(checksum);
});

test('a pulled seed is verified, and only the files of a seed come out of it', async () => {
  const { seed, folder, checksum, told } = await pulled('files', { extra: { 'etc-passwd': 'root' } });
  expect(await isPulled(folder, seed)).toBe(true);
  expect(told.at(-1)).toBe(seed.bytes);
  await verifyLayers(folder, seed);
  await unpackSeed(folder, seed, { into: join(work, 'seed'), host });
  expect(readdirSync(join(work, 'seed')).sort()).toEqual(
    [
      'containers.list',
      'etc.deletions',
      'etc.tgz',
      'manifest.json',
      'mco-currentconfig.json',
      `ostree-${checksum}.0.origin`,
      'ostree.tgz',
      'rpm-ostree.json',
      'var.tgz',
    ].sort(),
  );
  const contents = await readSeedContents(join(work, 'seed'), '4.21.0');
  expect(contents).toMatchObject({ deployment: { checksum, serial: 0 }, kernelArguments: ['tsc=nowatchdog', 'cgroup_no_v1="all"'] });
  await expect(readSeedContents(join(work, 'seed'), '4.22.0')).rejects.toThrow(
    'version specified in seed image (4.21.0) differs from version in spec (4.22.0)',
  );
});

test('an altered layer is found before anything is unpacked', async () => {
  const { seed, folder } = await pulled('altered');
  const [layer] = seed.layers;
  if (layer === undefined) throw new Error('a seed without layers');
  const bytes = readFileSync(layerPath(folder, layer));
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
  writeFileSync(layerPath(folder, layer), bytes);
  expect(await isPulled(folder, seed)).toBe(true);
  await expect(verifyLayers(folder, seed)).rejects.toThrow(/A layer of the seed image .* was altered: it is sha256:.* instead of sha256:/);
});

test('a layer that is altered in the registry is not taken', async () => {
  const { image } = await pushed('forged');
  const seed = await inspectSeed(image, open.access, runHere);
  const hex = seed.layers[0]?.digest.replace('sha256:', '') ?? '';
  const blob = join(open.storage, 'sha256', hex.slice(0, 2), hex, 'data');
  const bytes = readFileSync(blob);
  bytes[600] = (bytes[600] ?? 0) ^ 1;
  writeFileSync(blob, bytes);
  const pulling = pullSeed({ seed, folder: join(work, 'image'), access: open.access, run: runHere });
  await expect(pulling).rejects.toThrow(/The seed image .* cannot be pulled: .*[Dd]igest/s);
});

test.each([
  ['../../etc/shadow', /hostile name "\.\.\/\.\.\/etc\/shadow"/],
  ['/etc/shadow', /hostile name "\/etc\/shadow"/],
])('a seed with a file named %s is refused', async (name, message) => {
  const layer = join(work, 'hex');
  await runHere(['sh', '-c', 'cd "$1" && echo x >x && tar cPf hex --transform="s|x|$2|" x', 'sh', work, name]);
  const digest = `sha256:${'0'.repeat(64)}`;
  const seed = { image: 'x', digest, reference: 'x', architecture: 'amd64', labels: {}, layers: [{ digest, size: 1 }], bytes: 1 };
  await runHere(['mv', layer, layerPath(work, { digest, size: 1 })]);
  await expect(unpackSeed(work, seed, { into: join(work, 'seed'), host })).rejects.toThrow(message);
  expect(existsSync(join(work, 'seed'))).toBe(false);
});

test('a link in the place of a seed’s file is refused', async () => {
  const digest = `sha256:${'0'.repeat(64)}`;
  await runHere(['sh', '-c', 'cd "$1" && ln -s /etc/shadow manifest.json && tar cf "$2" manifest.json', 'sh', work, digest.slice(7)]);
  const seed = { image: 'x', digest, reference: 'x', architecture: 'amd64', labels: {}, layers: [{ digest, size: 1 }], bytes: 1 };
  await expect(unpackSeed(work, seed, { into: join(work, 'seed'), host })).rejects.toThrow(
    'manifest.json in the seed image is a symlink, not a file',
  );
});

test('a seed that would fill the disk is refused, and leaves nothing of it there', async () => {
  const { seed, folder } = await pulled('bomb');
  const frees = [4e9, 0.9e9];
  const filling = { freeSpace: async () => ({ total: 8e9, free: frees.shift() ?? 0 }) };
  await expect(unpackSeed(folder, seed, { into: join(work, 'seed'), host: filling })).rejects.toThrow('cannot be unpacked: ');
  expect(readdirSync(work)).toEqual(['image']);
});

test('verifying and unpacking end when they are cancelled, and leave nothing', async () => {
  const { seed, folder } = await pulled('cancelled');
  const signal = AbortSignal.abort(new Error('the stage was set to Idle'));
  await expect(verifyLayers(folder, seed, signal)).rejects.toThrow();
  await expect(unpackSeed(folder, seed, { into: join(work, 'seed'), host }, signal)).rejects.toThrow();
  expect(readdirSync(work)).toEqual(['image']);
});

test('a registry that wants a password is named, and the next step with it', async () => {
  const { image } = await pushed('secret', {}, closed);
  const { certificates = '' } = closed.access;
  await expect(inspectSeed(image, { certificates, retries: 0 }, runHere)).rejects.toThrow(
    /The seed image .*secret:1 cannot be read: .*auth.* Check spec\.seedImageRef\.image, and that spec\.seedImageRef\.pullSecretRef/s,
  );
  expect((await inspectSeed(image, closed.access, runHere)).bytes).toBeGreaterThan(0);
});

test('a push that is refused says why in one short line, and nothing of the command', async () => {
  const layout = join(work, 'layout');
  mkdirSync(join(work, 'files'));
  writeFileSync(join(work, 'files/x'), 'x');
  await writeSeedLayout({ files: join(work, 'files'), layout, labels: {}, architecture: architectureHere() });
  const { certificates = '' } = closed.access;
  const image = `${closed.host}/lab/refused:1`;
  const pushing = pushSeed(layout, image, { certificates, retries: 1 }, runHere);
  const message = await pushing.then(
    () => '',
    ({ message }: Error) => message,
  );
  expect(message).toMatch(/^The seed image .*lab\/refused:1 cannot be pushed: [^\n]*auth[^\n]*\. Check the name of the image/);
  expect(message).not.toMatch(/skopeo|level=|retrying/);
});

test('a missing image is named', async () => {
  await expect(inspectSeed(`${open.host}/lab/none:1`, open.access, runHere)).rejects.toThrow(/lab\/none:1 cannot be read: .*unknown/s);
});

test('space is measured by what installing takes', () => {
  expect(spaceProblem(1e9, 2.2e9, '/var/lib/lca')).toBeUndefined();
  expect(spaceProblem(1e9, 2.1e9, '/var/lib/lca')).toBe(
    'not enough space for the seed image: it takes 2.2 GB (its size 1.0 GB × 2.2), and /var/lib/lca has 2.1 GB free',
  );
});
