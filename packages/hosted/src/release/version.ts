/** A release version, for instance 4.21.0-rc.1; `preRelease` is empty for a finished one. */
export type Version = { major: number; minor: number; patch: number; preRelease: string };

const PATTERN = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** 5.0 is 4.23 under another name, and so on. */
const FIRST_MINOR_OF_5 = 23;

/** Reads a version; throws a RangeError that names it when it is none, or one of another major line than 4 and 5. */
export const parseVersion = (text: string): Version => {
  const [, major, minor, patch, preRelease = ''] = PATTERN.exec(text) ?? [];
  if (major === undefined) throw new RangeError(`${JSON.stringify(text)} is not a version such as 4.21.0`);
  if (major !== '4' && major !== '5') throw new RangeError(`unsupported major version: ${text}`);
  return { major: Number(major), minor: Number(minor), patch: Number(patch), preRelease };
};

/** The minor number by which versions of both major lines compare: 5.x counts as 4.(23+x). */
export const minorNumber = ({ major, minor }: Pick<Version, 'major' | 'minor'>): number => (major === 5 ? FIRST_MINOR_OF_5 + minor : minor);

/** The usual name of a minor number: 4.22 for 22, 5.0 for 23. */
export const minorName = (number: number): string => (number < FIRST_MINOR_OF_5 ? `4.${number}` : `5.${number - FIRST_MINOR_OF_5}`);

/** All names of a minor number, the newer first: 23 was released as 5.0 and as 4.23. */
export const minorNames = (number: number): string[] => (number === FIRST_MINOR_OF_5 ? ['5.0', '4.23'] : [minorName(number)]);

/** Major and minor as they are written: 4.21 for 4.21.3. */
export const majorMinor = ({ major, minor }: Version): string => `${major}.${minor}`;

const isNumber = (part: string): boolean => /^\d+$/.test(part);

const compareParts = (one: string | undefined, other: string | undefined): number => {
  if (one === other) return 0;
  if (one === undefined) return -1;
  if (other === undefined) return 1;
  if (isNumber(one) && isNumber(other)) return Number(one) - Number(other);
  if (isNumber(one) !== isNumber(other)) return isNumber(one) ? -1 : 1;
  return one < other ? -1 : 1;
};

const comparePreReleases = (one: string, other: string): number => {
  if (one === other) return 0;
  if (one === '' || other === '') return one === '' ? 1 : -1;
  const [left, right] = [one.split('.'), other.split('.')];
  const places = Array.from({ length: Math.max(left.length, right.length) }, (_, place) => compareParts(left[place], right[place]));
  return places.find((difference) => difference !== 0) ?? 0;
};

/** Orders versions as semantic versioning does, over both major lines: negative when the first is older. */
export const compareVersions = (one: Version, other: Version): number =>
  minorNumber(one) - minorNumber(other) || one.patch - other.patch || comparePreReleases(one.preRelease, other.preRelease);

/** The minor that came `count` before that of a version: previousMinor('5.0.0', 2) is 4.21. Throws a RangeError below 4.0. */
export const previousMinor = (version: string, count: number): string => {
  const number = minorNumber(parseVersion(version)) - count;
  if (number < 0) throw new RangeError(`there is no version ${count} minors before ${version}`);
  return minorName(number);
};

/** What a judgement finds, or that a text it was given is no version. */
export const versionProblemOr = (judge: () => string | undefined): string | undefined => {
  try {
    return judge();
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
};
