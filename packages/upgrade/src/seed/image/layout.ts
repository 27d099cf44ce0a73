import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Layer } from '../inspect.ts';
import { writeLayer } from './layer.ts';

/** A seed to write: the folder of its files, its labels, and its architecture as OCI names it. */
export type SeedLayout = {
  readonly files: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly architecture: string;
  /** Where the layout goes; an empty folder. */
  readonly layout: string;
};

/** The name of the only image in a layout that is written here. */
export const LAYOUT_TAG = 'seed';

const MEDIA = 'application/vnd.oci.image';

const blobOf = (text: string): Layer => ({
  digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  size: Buffer.byteLength(text),
});

/** The architecture of this machine as OCI calls it. */
export const architectureHere = (): string => (process.arch === 'x64' ? 'amd64' : process.arch);

/** Writes a seed image as an OCI layout and returns its digest. */
export const writeSeedLayout = async ({ files, labels, architecture, layout }: SeedLayout): Promise<string> => {
  const blobs = join(layout, 'blobs/sha256');
  await mkdir(blobs, { recursive: true });
  const pathOf = ({ digest }: Layer): string => join(blobs, digest.replace('sha256:', ''));
  const put = async (text: string): Promise<Layer> => {
    await writeFile(pathOf(blobOf(text)), text);
    return blobOf(text);
  };
  const layer = await writeLayer(files, join(layout, 'layer'));
  await rename(join(layout, 'layer'), pathOf(layer));
  const config = { architecture, os: 'linux', config: { Labels: labels }, rootfs: { type: 'layers', diff_ids: [layer.digest] } };
  const manifest = {
    schemaVersion: 2,
    mediaType: `${MEDIA}.manifest.v1+json`,
    config: { mediaType: `${MEDIA}.config.v1+json`, ...(await put(JSON.stringify(config))) },
    layers: [{ mediaType: `${MEDIA}.layer.v1.tar`, ...layer }],
  };
  const written = await put(JSON.stringify(manifest));
  const annotations = { 'org.opencontainers.image.ref.name': LAYOUT_TAG };
  const index = { schemaVersion: 2, manifests: [{ mediaType: manifest.mediaType, ...written, annotations }] };
  await writeFile(join(layout, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(join(layout, 'index.json'), JSON.stringify(index));
  return written.digest;
};
