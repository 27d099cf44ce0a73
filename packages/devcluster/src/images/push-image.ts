import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../processes/run.ts';

/** An archive to push: `reference` is HOST:PORT/repository:tag, `authority` the PEM file of the registry's CA; omitted: the CAs that this machine trusts. */
export type ImagePush = { archive: string; reference: string; authority?: string | undefined };

/** Pushes an OCI archive to a registry; a second push of the same image uploads nothing. */
export const pushImage = async ({ archive, reference, authority }: ImagePush): Promise<void> => {
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
      `oci-archive:${archive}`,
      `docker://${reference}`,
    ]);
  } finally {
    rmSync(certificates, { recursive: true, force: true });
  }
};
