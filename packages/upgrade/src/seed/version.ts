/** The parts of a semantic version that order it; build metadata does not. */
type Version = { readonly numbers: readonly number[]; readonly prerelease: readonly string[] };

const FORM = /^v?(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

const parse = (text: string): Version => {
  const [, major, minor, patch, prerelease = ''] = FORM.exec(text) ?? [];
  if (major === undefined) throw new Error(`${JSON.stringify(text)} is no version such as 4.21.0 or 4.21.0-rc.1`);
  return { numbers: [major, minor, patch].map(Number), prerelease: prerelease === '' ? [] : prerelease.split('.') };
};

const compareIdentifiers = (one: string, other: string): number => {
  const [first, second] = [one, other].map((each) => (/^\d+$/.test(each) ? Number(each) : undefined));
  if (first !== undefined && second !== undefined) return first - second;
  if (first !== undefined || second !== undefined) return first !== undefined ? -1 : 1;
  return one < other ? -1 : Number(one > other);
};

const comparePrereleases = (one: readonly string[], other: readonly string[]): number => {
  if (one.length === 0 || other.length === 0) return other.length - one.length;
  for (const [index, identifier] of one.entries()) {
    const against = other[index];
    const order = against === undefined ? 1 : compareIdentifiers(identifier, against);
    if (order !== 0) return order;
  }
  return one.length - other.length;
};

/** Orders two semantic versions: below 0 when the first is older, 0 when they are equal. Build metadata is ignored. */
export const compareVersions = (one: string, other: string): number => {
  const [first, second] = [parse(one), parse(other)];
  const differing = first.numbers.findIndex((number, index) => number !== second.numbers[index]);
  if (differing >= 0) return (first.numbers[differing] ?? 0) - (second.numbers[differing] ?? 0);
  return comparePrereleases(first.prerelease, second.prerelease);
};

/** Why this version of a seed cannot upgrade the cluster, or undefined when it can. */
export const versionProblem = (seed: string, current: string): string | undefined =>
  compareVersions(seed, current) > 0
    ? undefined
    : `failed to validate seed image OCP version: seed OCP version (${seed}) must be higher than current OCP version (${current})`;

/** The stateroot of a release: 4.21.0-rc.1 lives in rhcos_4.21.0_rc.1. */
export const staterootOf = (version: string): string => `rhcos_${version.replaceAll('-', '_')}`;
