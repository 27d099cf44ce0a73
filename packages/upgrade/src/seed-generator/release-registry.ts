import { registryOf } from '../seed/reference.ts';

/** The registry that a release comes from: that of its image or, where it has none, the one that most of its images come from. */
export const releaseRegistry = (releaseImage: string | undefined, images: readonly string[], seedImage: string): string => {
  if (releaseImage) return registryOf(releaseImage);
  const counts = new Map<string, number>();
  for (const image of images) counts.set(registryOf(image), (counts.get(registryOf(image)) ?? 0) + 1);
  const [most] = [...counts].sort(([one, times], [other, others]) => others - times || one.localeCompare(other));
  return most?.[0] ?? registryOf(seedImage);
};
