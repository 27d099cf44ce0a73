import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { createAuthority, issueCertificate } from '@godwit/controller';
import { pack } from 'tar-stream';

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** A tar with these files. */
const tarOf = async (files: Record<string, string>): Promise<Buffer> => {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

const COMPRESSIONS = {
  tar: (bytes: Buffer) => bytes,
  'tar+gzip': (bytes: Buffer) => gzipSync(bytes),
  'tar+zstd': (bytes: Buffer) => zstdCompressSync(bytes),
} as const;

/** What a registry holds: everything by digest, and tags. */
export type Contents = { blobs: Map<string, Buffer>; tags: Map<string, string> };

const add = (contents: Contents, bytes: Buffer): string => {
  const digest = digestOf(bytes);
  contents.blobs.set(digest, bytes);
  return digest;
};

const addJson = (contents: Contents, value: object): string => add(contents, Buffer.from(JSON.stringify(value)));

/** Puts an image of these layers, lowest first, into a registry, and returns the digest of its manifest. */
export const addImage = async (
  contents: Contents,
  layers: readonly Record<string, string>[],
  { compression = 'tar', architecture = 'amd64' }: { compression?: keyof typeof COMPRESSIONS; architecture?: string } = {},
): Promise<string> => {
  const tars = await Promise.all(layers.map(tarOf));
  return addJson(contents, {
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: addJson(contents, { architecture }) },
    layers: tars.map((tar) => ({
      mediaType: `application/vnd.oci.image.layer.v1.${compression}`,
      digest: add(contents, COMPRESSIONS[compression](tar)),
    })),
  });
};

/** Puts an index of images by architecture into a registry. */
export const addIndex = (contents: Contents, images: Record<string, string>): string =>
  addJson(contents, {
    manifests: Object.entries(images).map(([architecture, digest]) => ({ digest, platform: { os: 'linux', architecture } })),
  });

/** The two files of a release. */
export const releaseFiles = (
  version: string,
  metadata: object = { kubernetesVersion: '1.34.3' },
  versions = '',
): Record<string, string> => ({
  'release-manifests/image-references': JSON.stringify({
    kind: 'ImageStream',
    spec: {
      tags: [{ name: 'etcd', annotations: { 'io.openshift.build.versions': versions }, from: { name: 'registry.example/etcd@sha256:1' } }],
    },
  }),
  'release-manifests/release-metadata': JSON.stringify({ version, metadata }),
});

/** A rule that answers a request in place of the registry; true when it did. */
type Rule = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A registry of the version 2 protocol over HTTPS on a free port. */
export type TestRegistry = { contents: Contents; address: string; trust: string; asked: string[]; rules: Rule[]; stop(): Promise<void> };

const serve =
  ({ contents, asked, rules }: Pick<TestRegistry, 'contents' | 'asked' | 'rules'>) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request.url ?? '');
    if (rules.some((rule) => rule(request, response))) return;
    const reference = (request.url ?? '').split('/').at(-1) ?? '';
    const bytes = contents.blobs.get(contents.tags.get(reference) ?? reference);
    response.writeHead(bytes ? 200 : 404).end(bytes);
  };

/** Starts a registry that has no content and refuses nobody; `rules` are asked first. */
export const startTestRegistry = async (): Promise<TestRegistry> => {
  const authority = await createAuthority('test', 1);
  const pair = await issueCertificate(authority, {
    commonName: 'registry',
    organizations: [],
    hosts: ['localhost', '127.0.0.1'],
    usage: 'server',
    days: 1,
  });
  const parts = { contents: { blobs: new Map(), tags: new Map() }, asked: [], rules: [] };
  const server = createServer({ cert: pair.certificate, key: pair.key }, serve(parts));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { ...parts, address: `127.0.0.1:${(server.address() as AddressInfo).port}`, trust: authority.certificate, stop };
};
