const LONGEST = 27;
const RANDOM = 5;

/** A new infraID: the name, cut so that name, dash and five random characters are 27 at most; what labels refuse becomes a dash. */
export const newInfraId = (name: string, randomName: (length: number) => string): string => {
  const base = name
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .slice(0, LONGEST - RANDOM - 1)
    .replace(/-+$/, '');
  return `${base}-${randomName(RANDOM)}`;
};
