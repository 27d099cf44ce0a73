/** The parts of an image reference; `repository` is what a digest can be added to. */
export type Reference = { readonly repository: string; readonly tag?: string; readonly digest?: string };

const SCHEME = /^[a-z0-9]+:\/\//;

/** Takes an image reference apart: `quay.io/lab/seed:4.21.0`, with a digest, or with a scheme before it. */
export const parseReference = (image: string): Reference => {
  const [name = '', digest] = image.replace(SCHEME, '').split('@', 2);
  const colon = name.lastIndexOf(':');
  const tagged = colon > name.lastIndexOf('/');
  return {
    repository: tagged ? name.slice(0, colon) : name,
    ...(tagged && { tag: name.slice(colon + 1) }),
    ...(digest !== undefined && { digest }),
  };
};

/** The same image, named by a digest, so that nobody can put another one behind the name. */
export const byDigest = (image: string, digest: string): string => `${parseReference(image).repository}@${digest}`;

/** The host that an image comes from, with its port: what stands before the first slash. */
export const registryOf = (image: string): string => image.replace(SCHEME, '').split('/', 1)[0] ?? '';
