/** An image as containerd lists it under one of its names. */
export type ListedImage = { readonly name: string; readonly digest: string };

/** Reads what `ctr images list` prints. */
export const parseImages = (text: string): ListedImage[] =>
  text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [name, , digest] = line.trim().split(/\s+/);
      return name === undefined || digest === undefined ? [] : [{ name, digest }];
    });

/** The image that holds the namespaces of pods, as containerd is configured. */
export const sandboxImage = (configuration: string): string | undefined => /^\s*sandbox_image\s*=\s*"([^"]+)"/m.exec(configuration)?.[1];

/** Catalogues of operators are large, change every day, and no release needs them. */
const CATALOGUE = /^registry\.redhat\.io\/redhat\/.+-index:.+/;

const isWanted = (name: string): boolean => !name.startsWith('sha256:') && !CATALOGUE.test(name);

/**
 * The images that a machine with this release needs: each by its tags or, where it has none, by its digests. What is `brought` comes with the
 * release itself, and no registry has it.
 */
export const imagesOfSeed = (images: readonly ListedImage[], brought: readonly string[]): string[] => {
  const leftOut = new Set(images.filter(({ name }) => brought.includes(name)).map(({ digest }) => digest));
  const byDigest = Map.groupBy(
    images.filter(({ name, digest }) => isWanted(name) && !leftOut.has(digest)),
    ({ digest }) => digest,
  );
  const names = [...byDigest.values()].flatMap((same) => {
    const tags = same.filter(({ name }) => !name.includes('@'));
    return (tags.length > 0 ? tags : same).map(({ name }) => name);
  });
  return [...new Set(names)].sort();
};
