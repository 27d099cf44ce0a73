import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { type Blob, blobPath, type ContainerDefaults, type Document, ociDocuments } from './oci-documents.ts';

/** An image to write: its full name, its only layer (an uncompressed tar on disk), and where the archive goes. */
export type OciImage = { archive: string; name: string; layer: string; config?: ContainerDefaults };

const READ_BYTES = 1 << 20;
const FIXED = { mtime: new Date(0), uid: 0, gid: 0 };

/** Reads a file once and returns its digest and size. */
export const measure = async (path: string): Promise<Blob> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
};

const addText = (tar: Pack, { path, text }: Document): void => {
  tar.entry({ ...FIXED, name: path, mode: 0o644 }, text);
};

const fill = async (tar: Pack, layer: Blob, from: string, documents: readonly Document[]): Promise<void> => {
  for (const name of ['blobs/', 'blobs/sha256/']) tar.entry({ ...FIXED, name, type: 'directory', mode: 0o755 });
  for (const document of documents) addText(tar, document);
  await pipeline(
    createReadStream(from, { highWaterMark: READ_BYTES }),
    tar.entry({ ...FIXED, name: blobPath(layer), mode: 0o644, size: layer.size }),
  );
  tar.finalize();
};

/** Writes an image as an OCI archive, which containerd imports and skopeo copies. Streams: memory does not grow with the layer. */
export const writeOciArchive = async ({ archive, name, layer, config }: OciImage): Promise<void> => {
  const blob = await measure(layer);
  const tar = pack();
  await Promise.all([pipeline(tar, createWriteStream(archive)), fill(tar, blob, layer, ociDocuments(name, blob, config))]);
};
