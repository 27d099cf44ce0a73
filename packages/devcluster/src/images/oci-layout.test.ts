import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeLayer } from './layer.ts';
import { createOciLayout } from './oci-layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'godwit-layout-'));
afterAll(() => rmSync(folder, { recursive: true }));

const layerOf = async (name: string, text: string): Promise<string> => {
  const tar = join(folder, `${name}.tar`);
  await writeLayer(tar, [{ path: `/usr/bin/${name}`, text, mode: 0o755 }]);
  return tar;
};

test('images share the layers that they have in common, and every blob lies under its digest', async () => {
  const place = join(folder, 'shared');
  const layout = createOciLayout(place);
  const base = await layout.addLayer(await layerOf('base', 'base'));
  const own = await layout.addLayer(await layerOf('own', 'own'));
  const digests = [layout.addImage('one', [base]), layout.addImage('two', [base, own], { Labels: { release: '1' } })];
  layout.close();
  const { manifests } = JSON.parse(readFileSync(join(place, 'index.json'), 'utf8')) as { manifests: { digest: string }[] };
  expect(manifests.map(({ digest }) => digest)).toEqual(digests);
  const blobs = readdirSync(join(place, 'blobs/sha256'));
  expect(blobs).toHaveLength(6);
  const hashes = blobs.map((blob) =>
    createHash('sha256')
      .update(readFileSync(join(place, 'blobs/sha256', blob)))
      .digest('hex'),
  );
  expect(hashes).toEqual(blobs);
});

test('a label alone makes another image', async () => {
  const layout = createOciLayout(join(folder, 'labels'));
  const layer = await layout.addLayer(await layerOf('labelled', ''));
  const digests = ['1', '2', '1'].map((release) => layout.addImage(release, [layer], { Labels: { release } }));
  expect(digests[0]).not.toBe(digests[1]);
  expect(digests[0]).toBe(digests[2]);
});

test('the same entries make the same bytes, whenever and of whatever files they are made', async () => {
  const program = join(folder, 'program');
  writeFileSync(program, 'static', { mode: 0o600 });
  const entries = [
    { path: '/usr/bin/program', file: program },
    { path: '/usr/bin/other', link: 'program' },
  ];
  const tars = [join(folder, 'first.tar'), join(folder, 'second.tar')];
  for (const tar of tars) await writeLayer(tar, entries);
  const [first, second] = tars.map((tar) => readFileSync(tar));
  expect(first).toEqual(second);
});
