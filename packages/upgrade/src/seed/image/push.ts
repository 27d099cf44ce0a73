import { explained } from '../../host/host-error.ts';
import type { Run } from '../../host/run.ts';
import { type RegistryAccess, registryFlags } from '../access.ts';
import { skopeo } from '../skopeo.ts';
import { LAYOUT_TAG } from './layout.ts';

/** Pushes a seed from its layout, byte by byte as it was written, so that its digest stays. */
export const pushSeed = async (layout: string, image: string, access: RegistryAccess, run: Run, signal?: AbortSignal): Promise<void> => {
  const copy = [
    'copy',
    '--quiet',
    '--preserve-digests',
    ...registryFlags(access, 'dest-'),
    `oci:${layout}:${LAYOUT_TAG}`,
    `docker://${image}`,
  ];
  await explained(`The seed image ${image} cannot be pushed`, 'Check the name of the image and the credentials for its registry', () =>
    skopeo(run, access, copy, signal),
  );
};
