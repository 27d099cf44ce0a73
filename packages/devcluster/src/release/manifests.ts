import { REGISTRY_NAME } from '../services/ports.ts';
import type { PayloadName, ReleaseVersion } from './payload.ts';

/** Repository of all component images, which are told apart by digest. */
export const PAYLOAD_REPOSITORY = 'godwit/payload';

/** Repository of the release images. */
export const RELEASE_REPOSITORY = 'godwit/release';

/** The release image of a version, as a HostedCluster names it. */
export const releaseImage = (version: string): string => `${REGISTRY_NAME}/${RELEASE_REPOSITORY}:${version}`;

/** The ImageStream that names every component's image by digest. */
export const imageReferences = ({ version, kubernetesVersion }: ReleaseVersion, digests: Readonly<Record<PayloadName, string>>) => ({
  kind: 'ImageStream',
  apiVersion: 'image.openshift.io/v1',
  metadata: { name: version },
  spec: {
    lookupPolicy: { local: false },
    tags: Object.entries(digests).map(([name, digest]) => ({
      name,
      annotations: { 'io.openshift.build.versions': `kubernetes=${kubernetesVersion}` },
      from: { kind: 'DockerImage', name: `${REGISTRY_NAME}/${PAYLOAD_REPOSITORY}@${digest}` },
    })),
  },
});

/** What a release says of itself. */
export const releaseMetadata = ({ version, kubernetesVersion }: ReleaseVersion) => ({
  kind: 'cincinnati-metadata-v0',
  version,
  previous: [],
  metadata: { kubernetesVersion },
});
