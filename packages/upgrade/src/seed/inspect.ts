import { createHash } from 'node:crypto';
import { z } from 'zod';
import { explained } from '../host/host-error.ts';
import type { Run } from '../host/run.ts';
import { type RegistryAccess, registryFlags } from './access.ts';
import { byDigest } from './reference.ts';
import { skopeo } from './skopeo.ts';

/** A part of an image that is stored under its digest; `size` in bytes. */
export type Layer = { readonly digest: string; readonly size: number };

/** What a registry tells of a seed before any of it is pulled. */
export type SeedImage = {
  /** As the user named it. */
  readonly image: string;
  /** What the name stood for when it was resolved; all pulls go by it. */
  readonly digest: string;
  /** The repository with the digest of what is pulled: one platform of the image. */
  readonly reference: string;
  /** As OCI names it, such as amd64. */
  readonly architecture: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The lowest first, as they travel. */
  readonly layers: readonly Layer[];
  /** What is to be transferred. */
  readonly bytes: number;
};

const layer = z.object({ digest: z.string().regex(/^sha256:[0-9a-f]{64}$/), size: z.number() });
const inspected = z.object({
  Digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  Architecture: z.string(),
  Labels: z.record(z.string(), z.string()).nullish(),
});
const list = z.object({
  manifests: z.array(z.object({ digest: z.string(), platform: z.object({ architecture: z.string(), os: z.string() }) })),
});
const manifest = z.object({ layers: z.array(layer) });

const NEXT = 'Check spec.seedImageRef.image, and that spec.seedImageRef.pullSecretRef names a secret with credentials for this registry';

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

const readManifest = async (run: Run, reference: string, access: RegistryAccess, signal?: AbortSignal): Promise<unknown> => {
  const raw = await skopeo(run, access, ['inspect', '--raw', ...registryFlags(access), `docker://${reference}`], signal);
  if (!reference.endsWith(digestOf(raw))) throw new Error(`the manifest of ${reference} has another digest`);
  return JSON.parse(raw);
};

const platformOf = (document: unknown, architecture: string): string | undefined =>
  list.safeParse(document).data?.manifests.find(({ platform }) => platform.os === 'linux' && platform.architecture === architecture)
    ?.digest;

/** Asks the registry for a seed: resolves its name to a digest once, and reads labels and sizes without pulling a layer. */
export const inspectSeed = (image: string, access: RegistryAccess, run: Run, signal?: AbortSignal): Promise<SeedImage> =>
  explained(`The seed image ${image} cannot be read`, NEXT, async () => {
    const name = image.replace(/^docker:\/\//, '');
    const command = ['inspect', '--no-tags', ...registryFlags(access), `docker://${name}`];
    const found = inspected.parse(JSON.parse(await skopeo(run, access, command, signal)));
    const resolved = byDigest(image, found.Digest);
    const document = await readManifest(run, resolved, access, signal);
    const platform = platformOf(document, found.Architecture);
    const reference = platform === undefined ? resolved : byDigest(image, platform);
    const { layers } = manifest.parse(platform === undefined ? document : await readManifest(run, reference, access, signal));
    return {
      image,
      digest: found.Digest,
      reference,
      architecture: found.Architecture,
      labels: found.Labels ?? {},
      layers: layers.map(({ digest, size }) => ({ digest, size })),
      bytes: layers.reduce((sum, { size }) => sum + size, 0),
    };
  });
