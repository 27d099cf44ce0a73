import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure } from './oci-archive.ts';
import { type Blob, blobPath, type ContainerDefaults, type Document, imageDocuments, indexDocuments } from './oci-documents.ts';

/** An OCI layout: a folder in which images share the layers that they have in common. */
export type OciLayout = {
  /** Takes in a layer, an uncompressed tar on the same file system. */
  addLayer(tar: string): Promise<Blob>;
  /** Takes in an image of layers that are there, the lowest first, and returns its digest. */
  addImage(tag: string, layers: readonly Blob[], defaults?: ContainerDefaults): string;
  /** Writes the index; the layout is whole from then on. */
  close(): void;
};

/** Begins a layout in an empty folder. */
export const createOciLayout = (folder: string): OciLayout => {
  mkdirSync(join(folder, 'blobs/sha256'), { recursive: true });
  const images: { manifest: Blob; annotations: Record<string, string> }[] = [];
  const write = (documents: readonly Document[]): void => {
    for (const { path, text } of documents) writeFileSync(join(folder, path), text);
  };
  return {
    addLayer: async (tar) => {
      const layer = await measure(tar);
      linkSync(tar, join(folder, blobPath(layer)));
      return layer;
    },
    addImage: (tag, layers, defaults) => {
      const { manifest, documents } = imageDocuments(layers, defaults);
      write(documents);
      images.push({ manifest, annotations: { 'org.opencontainers.image.ref.name': tag } });
      return manifest.digest;
    },
    close: () => write(indexDocuments(images)),
  };
};
