import { createHash } from 'node:crypto';

/** What a container started from the image gets when the pod says nothing; field names are those of the OCI image format. */
export type ContainerDefaults = {
  Entrypoint?: readonly string[];
  Cmd?: readonly string[];
  Env?: readonly string[];
  User?: string;
  WorkingDir?: string;
  Labels?: Readonly<Record<string, string>>;
};

/** Something stored under its own digest, and how long it is. */
export type Blob = { digest: string; size: number };

/** A small text of an archive and the path it is stored at. */
export type Document = { path: string; text: string };

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const MEDIA = 'application/vnd.oci.image';
const MANIFEST = `${MEDIA}.manifest.v1+json`;

/** Where an archive keeps a blob. */
export const blobPath = ({ digest }: Blob): string => `blobs/${digest.replace(':', '/')}`;

const blobOf = (text: string): Blob => ({
  digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  size: Buffer.byteLength(text),
});

/** The architecture of this machine as Debian, Go and OCI call it. */
export const architecture = (arch: string = process.arch): string => (arch === 'x64' ? 'amd64' : arch);

const tagOf = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

/** What makes layers an image: the texts of its configuration and its manifest, and the manifest as others name it. */
export type ImageDocuments = { documents: Document[]; manifest: Blob };

/** Describes an image of uncompressed layers, the lowest first. The same layers and defaults give the same texts, whenever it is made. */
export const imageDocuments = (layers: readonly Blob[], defaults: ContainerDefaults = {}): ImageDocuments => {
  const config = JSON.stringify({
    architecture: architecture(),
    os: 'linux',
    config: { Env: [PATH], ...defaults },
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: { mediaType: `${MEDIA}.config.v1+json`, ...blobOf(config) },
    layers: layers.map((layer) => ({ mediaType: `${MEDIA}.layer.v1.tar`, ...layer })),
  });
  const manifest = blobOf(text);
  return {
    manifest,
    documents: [
      { path: blobPath(blobOf(config)), text: config },
      { path: blobPath(manifest), text },
    ],
  };
};

/** The two texts by which a folder or an archive of blobs is found to hold these images; annotations tell them apart. */
export const indexDocuments = (images: readonly { manifest: Blob; annotations: Readonly<Record<string, string>> }[]): Document[] => {
  const manifests = images.map(({ manifest, annotations }) => ({ mediaType: MANIFEST, ...manifest, annotations }));
  return [
    { path: 'oci-layout', text: JSON.stringify({ imageLayoutVersion: '1.0.0' }) },
    { path: 'index.json', text: JSON.stringify({ schemaVersion: 2, manifests }) },
  ];
};

/** Every text of an archive with one uncompressed layer. */
export const ociDocuments = (name: string, layer: Blob, defaults: ContainerDefaults = {}): Document[] => {
  const { manifest, documents } = imageDocuments([layer], defaults);
  const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': tagOf(name) };
  return [...indexDocuments([{ manifest, annotations }]), ...documents];
};
