import { Refused } from './problem.ts';
import type { PayloadImage, Release } from './release.ts';
import { kubernetesVersionOf } from './supported-versions.ts';

/** The ImageStream with the images of all components. */
export const REFERENCES = 'release-manifests/image-references';

/** What a release says of itself. */
export const METADATA = 'release-manifests/release-metadata';

type Tag = { name: string; annotations?: Record<string, string>; from?: { name?: string } };

const parse = <T>(path: string, text: string | undefined): T => {
  const next = 'Name a release image in spec.release.image.';
  if (text === undefined) throw new Refused({ why: `there is no ${path} in it, so it is not a release image`, next });
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new Refused({ why: `${path} in it is not JSON`, next });
  }
};

const PLAIN = /^\d+\.\d+\.\d+/;

/** Component images carry the versions of what is in them: `kubernetes=1.34.3,...`. */
const versionInTags = (tags: readonly Tag[]): string | undefined =>
  tags
    .flatMap(({ annotations }) => (annotations?.['io.openshift.build.versions'] ?? '').split(','))
    .flatMap((pair) => (pair.startsWith('kubernetes=') ? pair.slice('kubernetes='.length) : []))
    .find((version) => PLAIN.test(version));

/** What a release says in its two files; `files` by path. Throws `Refused`. */
export const payloadOf = (files: ReadonlyMap<string, string>): Pick<Release, 'version' | 'kubernetesVersion' | 'images'> => {
  const { spec } = parse<{ spec?: { tags?: Tag[] } }>(REFERENCES, files.get(REFERENCES));
  const { version, metadata } = parse<{ version?: string; metadata?: { kubernetesVersion?: string } }>(METADATA, files.get(METADATA));
  if (version === undefined)
    throw new Refused({ why: `${METADATA} in it tells no version`, next: 'Name a release image in spec.release.image.' });
  const tags = spec?.tags ?? [];
  const images = Object.fromEntries(tags.flatMap(({ name, from }) => (from?.name ? [[name, from.name]] : [])));
  const kubernetesVersion = metadata?.kubernetesVersion ?? versionInTags(tags) ?? kubernetesVersionOf(version);
  return { version, kubernetesVersion, images: images as Partial<Record<PayloadImage, string>> };
};
