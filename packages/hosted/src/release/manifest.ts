import { createHash } from 'node:crypto';
import { isDigest } from './image-name.ts';
import { Refused } from './problem.ts';
import type { Repository } from './registry.ts';

/** A blob that a manifest names. */
export type Descriptor = { mediaType: string; digest: string };

type Manifest = {
  layers?: Descriptor[];
  config?: Descriptor;
  manifests?: (Descriptor & { platform?: { architecture?: string; os?: string } })[];
};

/** An image for one architecture. */
export type Image = { digest: string; layers: Descriptor[]; config: Descriptor };

const ACCEPT = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
].join(', ');

/** What came is not what its digest says. */
export const damaged = (digest: string): Refused =>
  new Refused({
    why: `what the registry sent for ${digest} is something else`,
    next: 'Push the image again, and check the registry and what lies between.',
  });

const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

const notAnImage = (): Refused => new Refused({ why: 'the registry sent no manifest of an image', next: 'Correct spec.release.image.' });

const parse = (bytes: Uint8Array): Manifest => {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as Manifest;
  } catch {
    throw notAnImage();
  }
};

/** Reads a manifest and its digest. */
export const fetchManifest = async (repository: Repository, reference: string): Promise<{ digest: string; manifest: Manifest }> => {
  const { body } = await repository.get(`manifests/${reference}`, ACCEPT);
  const bytes = await body.bytes();
  const digest = digestOf(bytes);
  if (isDigest(reference) && digest !== reference) throw damaged(reference);
  return { digest, manifest: parse(bytes) };
};

/** The image in a manifest; of an index, the one for the architecture. */
export const imageIn = async (
  repository: Repository,
  { digest, manifest }: { digest: string; manifest: Manifest },
  architecture: string,
): Promise<Image> => {
  const { layers, config, manifests } = manifest;
  if (layers !== undefined && config !== undefined) return { digest, layers, config };
  if (manifests === undefined) throw notAnImage();
  const fitting = manifests.find(({ platform }) => platform?.os === 'linux' && platform.architecture === architecture);
  if (fitting !== undefined) return imageIn(repository, await fetchManifest(repository, fitting.digest), architecture);
  const others = manifests.flatMap(({ platform }) => platform?.architecture ?? []).join(', ');
  throw new Refused({
    why: `it is not made for ${architecture}, only for ${others}`,
    next: 'Name a release for this architecture in spec.release.image.',
  });
};
