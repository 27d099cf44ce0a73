/** The parts of an image's name. `reference` is a digest where there is one, else a tag. */
export type ImageName = { registry: string; repository: string; reference: string };

const isHost = (part: string): boolean => /[.:]/.test(part) || part === 'localhost';

/** Takes an image's name apart; undefined when it is none, or lacks its registry. Without a tag `latest` is meant. */
export const parseImageName = (name: string): ImageName | undefined => {
  const [, path = '', tag = 'latest', digest] = /^([^@\s]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(name) ?? [];
  const [registry = '', ...rest] = path.split('/');
  const repository = rest.join('/');
  if (!isHost(registry) || !/^[a-z0-9]+([._/-]+[a-z0-9]+)*$/.test(repository)) return undefined;
  return { registry, repository, reference: digest ?? tag };
};

/** Whether a reference is a digest, so that what it names never changes. */
export const isDigest = (reference: string): boolean => reference.startsWith('sha256:');
