const parts = (version: string): number[] =>
  version
    .replace(/^v/, '')
    .split('.')
    .map((each) => Number.parseInt(each, 10));

const isBeforeTransition = ([major = 0, minor = 0, patch = 0]: number[]): boolean => major === 1 && minor === 5 && patch >= 1;

const isAfterTransition = ([major = 0, minor = 0]: number[]): boolean => major === 1 && minor >= 6;

/** Whether two versions of the operator work together: equal ones do, and 1.5.1 or later with 1.6 or later of major version 1. */
export const areCompatible = (one: string, other: string): boolean => {
  if (one === other) return true;
  const [a, b] = [parts(one), parts(other)];
  return (isBeforeTransition(a) && isAfterTransition(b)) || (isBeforeTransition(b) && isAfterTransition(a));
};
