import { registryOf } from '../seed/reference.ts';

/** What decides whether images come from the cluster's registry instead of the seed's. */
export type RegistryFacts = {
  /** The registry of the seed's release, as its label tells. */
  readonly seedRegistry: string;
  /** Whether the seed cluster had a mirror registry. */
  readonly seedHasMirror: boolean;
  /** The sources of the cluster's mirror objects: whole repositories or hosts. */
  readonly mirrorSources: readonly string[];
};

/** Whether the seed's registry is to be replaced by the cluster's in the names of images. */
export const replacesRegistry = ({ seedRegistry, seedHasMirror, mirrorSources }: RegistryFacts): boolean =>
  mirrorSources.length === 0 ? seedHasMirror : !mirrorSources.map(registryOf).includes(registryOf(seedRegistry));

/** The image as the cluster finds it: the seed's registry at its front is replaced, taken letter by letter and up to a slash only. */
export const rewriteRegistry = (image: string, seedRegistry: string, clusterRegistry: string): string =>
  seedRegistry !== '' && image.startsWith(`${seedRegistry}/`) ? `${clusterRegistry}${image.slice(seedRegistry.length)}` : image;

/** The images of a list, one per line, each once and in order, as the cluster finds them. */
export const imagesToPrecache = (list: string, rewrite: (image: string) => string = (image) => image): string[] => [
  ...new Set(
    list
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map(rewrite),
  ),
];

/** The list as a text of one image per line. */
export const imagesText = (images: readonly string[]): string => `${images.join('\n')}\n`;
