import { createHash } from 'node:crypto';

/** What a container started from the image gets when the pod says nothing; field names are those of the OCI image format. */
export type ContainerDefaults = {
  Entrypoint?: readonly string[];
  Cmd?: readonly string[];
  Env?: readonly string[];
  User?: string;
  WorkingDir?: string;
};

/** Something stored under its own digest, and how long it is. */
export type Blob = { digest: string; size: number };

/** A small text of an archive and the path it is stored at. */
export type Document = { path: string; text: string };

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const MEDIA = 'application/vnd.oci.image';

/** Where an archive keeps a blob. */
export const blobPath = ({ digest }: Blob): string => `blobs/${digest.replace(':', '/')}`;

const blobOf = (text: string): Blob => ({
  digest: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  size: Buffer.byteLength(text),
});

/** The architecture of this machine as Debian, Go and OCI call it. */
export const architecture = (arch: string = process.arch): string => (arch === 'x64' ? 'amd64' : arch);

const tagOf = (name: string): string => name.slice(name.lastIndexOf(':') + 1);

/** Every text of an archive with one uncompressed layer, the index last. The same image gives the same texts, whenever it is made. */
export const ociDocuments = (name: string, layer: Blob, defaults: ContainerDefaults = {}): Document[] => {
  const config = JSON.stringify({
    architecture: architecture(),
    os: 'linux',
    config: { Env: [PATH], ...defaults },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: `${MEDIA}.manifest.v1+json`,
    config: { mediaType: `${MEDIA}.config.v1+json`, ...blobOf(config) },
    layers: [{ mediaType: `${MEDIA}.layer.v1.tar`, ...layer }],
  });
  const annotations = { 'io.containerd.image.name': name, 'org.opencontainers.image.ref.name': tagOf(name) };
  const index = { schemaVersion: 2, manifests: [{ mediaType: `${MEDIA}.manifest.v1+json`, ...blobOf(manifest), annotations }] };
  return [
    { path: 'oci-layout', text: JSON.stringify({ imageLayoutVersion: '1.0.0' }) },
    { path: blobPath(blobOf(config)), text: config },
    { path: blobPath(blobOf(manifest)), text: manifest },
    { path: 'index.json', text: JSON.stringify(index) },
  ];
};
