import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar-stream';
import { afterAll, expect, test } from 'vitest';
import { buildBinaryImage } from './binary-image.ts';
import { writeOciArchive } from './oci-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-oci-'));
afterAll(() => rmSync(folder, { recursive: true }));

const readTar = async (path: string): Promise<Map<string, { mode: number | undefined; content: Buffer }>> => {
  const files = new Map();
  for await (const entry of createReadStream(path).pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    if (entry.header.type === 'file') files.set(entry.header.name, { mode: entry.header.mode, content: Buffer.concat(chunks) });
  }
  return files;
};

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const NAME = 'localhost/godwit/thing:1.2';

/** Follows index, manifest and config as a container runtime does. */
const openImage = async (archive: string) => {
  const files = await readTar(archive);
  const json = (path: string) => JSON.parse(files.get(path)?.content.toString() ?? 'null');
  const blob = (digest: string) => `blobs/${digest.replace(':', '/')}`;
  const index = json('index.json');
  const manifest = json(blob(index.manifests[0].digest));
  return {
    files,
    json,
    index,
    manifest,
    config: json(blob(manifest.config.digest)),
    layer: files.get(blob(manifest.layers[0].digest))?.content,
  };
};

test('an archive leads from its index to the layer, and carries the name that containerd reads', async () => {
  const content = Buffer.from('pretend this is a tar');
  const archive = join(folder, 'image.tar');
  await writeOciArchive({ archive, name: NAME, layer: write('layer', content), config: { Cmd: ['serve'], User: '999' } });
  const image = await openImage(archive);
  expect(image.json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' });
  expect(image.index.manifests[0].annotations).toEqual({ 'io.containerd.image.name': NAME, 'org.opencontainers.image.ref.name': '1.2' });
  expect(image.layer).toEqual(content);
  expect(image.config).toMatchObject({ os: 'linux', config: { Cmd: ['serve'], User: '999', Env: [expect.stringContaining('PATH=')] } });
  expect(image.config.rootfs.diff_ids).toEqual([`sha256:${sha256(content)}`]);
});

test('every blob lies under its own digest and every descriptor tells its size', async () => {
  const archive = join(folder, 'sizes.tar');
  await writeOciArchive({ archive, name: NAME, layer: write('big', Buffer.alloc(3_000_001, 7)) });
  const { files, index, manifest } = await openImage(archive);
  const blobs = [...files].filter(([path]) => path.startsWith('blobs/'));
  expect(blobs.map(([path]) => path)).toEqual(blobs.map(([, { content }]) => `blobs/sha256/${sha256(content)}`));
  for (const { digest, size } of [index.manifests[0], manifest.config, ...manifest.layers]) {
    expect(files.get(`blobs/${digest.replace(':', '/')}`)?.content.length).toBe(size);
  }
});

test('the same layer makes the same bytes', async () => {
  const layer = write('same', 'layer');
  const archives = [join(folder, 'first.tar'), join(folder, 'second.tar')];
  for (const archive of archives) await writeOciArchive({ archive, name: NAME, layer });
  const [first, second] = archives.map((archive) => readFileSync(archive));
  expect(first).toEqual(second);
});

test('an archive cannot be made of a layer that is not there', async () => {
  const archive = join(folder, 'none.tar');
  await expect(writeOciArchive({ archive, name: NAME, layer: join(folder, 'absent') })).rejects.toThrow('ENOENT');
});

test('an image of one program holds it, executable, as its entry point', async () => {
  const binary = write('pause', 'a static program');
  const archive = await buildBinaryImage({
    name: 'localhost/godwit/pause:1',
    binary,
    arguments: ['--quiet'],
    archive: join(folder, 'pause.tar'),
  });
  const { config, layer } = await openImage(archive);
  const inside = await readTar(write('inside.tar', layer ?? ''));
  expect([...inside]).toEqual([['pause', { mode: 0o755, content: Buffer.from('a static program') }]]);
  expect(config.config.Entrypoint).toEqual(['/pause', '--quiet']);
});
