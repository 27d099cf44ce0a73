import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../processes/run.ts';

/** An image on this machine: an OCI archive, or one of those in an OCI layout. */
type ImageSource = { archive: string } | { layout: string; tag: string };

/** An image to push: `reference` is HOST:PORT/repository:tag, `authority` the PEM file of the registry's CA; omitted: the CAs that this machine trusts. */
export type ImagePush = ImageSource & { reference: string; authority?: string | undefined };

const sourceOf = (image: ImageSource): string[] =>
  // What a release names by digest must keep it, so that nothing is compressed on the way.
  'layout' in image ? ['--preserve-digests', `oci:${image.layout}:${image.tag}`] : [`oci-archive:${image.archive}`];

/** Pushes an image to a registry; a second push of the same image uploads nothing. */
export const pushImage = async ({ reference, authority, ...image }: ImagePush): Promise<void> => {
  const certificates = mkdtempSync(join(tmpdir(), 'godwit-push-'));
  try {
    if (authority !== undefined) symlinkSync(authority, join(certificates, 'ca.crt'));
    await run([
      'skopeo',
      'copy',
      '--quiet',
      '--insecure-policy',
      '--dest-cert-dir',
      certificates,
      ...sourceOf(image),
      `docker://${reference}`,
    ]);
  } finally {
    rmSync(certificates, { recursive: true, force: true });
  }
};
