import type { SupportedRange } from './supported-versions.ts';
import { minorNumber, parseVersion, type Version, versionProblemOr } from './version.ts';

/** What decides whether a release may be used. */
export type ReleaseCheck = {
  /** Version that runs; undefined when the cluster is being installed. */
  current: string | undefined;
  next: string;
  supported: SupportedRange;
  /** For instance OVNKubernetes, OpenShiftSDN or Other. */
  networkType: string;
  platformType: string;
};

type Facts = Omit<ReleaseCheck, 'current' | 'next'> & { next: Version; current: Version | undefined };

type Rule = { violated: (facts: Facts) => boolean; message: (facts: Facts) => string };

const written = ({ major, minor, patch, preRelease }: Version): string => `${major}.${minor}.${patch}${preRelease && `-${preRelease}`}`;

const isSdn = ({ networkType, platformType }: Facts): boolean => networkType === 'OpenShiftSDN' && platformType !== 'PowerVS';

/** Asked in this order; the first that is violated is told. */
const RULES: readonly Rule[] = [
  {
    violated: ({ next }) => minorNumber(next) < 8,
    message: ({ next }) => `releases before 4.8 are not supported. Attempting to use: "${written(next)}"`,
  },
  {
    violated: ({ next, current }) => current !== undefined && minorNumber(next) < minorNumber(current),
    message: ({ next, current }) => `y-stream downgrade from "${current && written(current)}" to "${written(next)}" is not supported`,
  },
  {
    violated: (facts) => isSdn(facts) && facts.current !== undefined && minorNumber(facts.next) > minorNumber(facts.current),
    message: ({ next, current }) => `y-stream upgrade from "${current && written(current)}" to "${written(next)}" is not for OpenShiftSDN`,
  },
  {
    violated: (facts) => isSdn(facts) && facts.current === undefined && minorNumber(facts.next) > 10,
    message: ({ next }) => `cannot use OpenShiftSDN with OCP version "${written(next)}" > 4.10`,
  },
  {
    violated: ({ networkType, current, next }) => networkType === 'OVNKubernetes' && current === undefined && minorNumber(next) < 11,
    message: ({ next }) => `cannot use OVNKubernetes with OCP version "${written(next)}" < 4.11`,
  },
  {
    violated: ({ next, supported }) => minorNumber(next) > minorNumber(parseVersion(supported.latest)),
    message: ({ next, supported }) => `the latest version supported is: "${supported.latest}". Attempting to use: "${written(next)}"`,
  },
  {
    violated: ({ next, supported }) => minorNumber(next) < minorNumber(parseVersion(supported.minimum)),
    message: ({ next, supported, platformType }) =>
      `the minimum version supported for platform ${platformType} is: "${supported.minimum}". Attempting to use: "${written(next)}"`,
  },
];

/** What speaks against using a release; undefined when nothing does. Pure. */
export const releaseProblem = ({ current, next, ...rest }: ReleaseCheck): string | undefined =>
  versionProblemOr(() => {
    const facts: Facts = { ...rest, next: parseVersion(next), current: current === undefined ? undefined : parseVersion(current) };
    return RULES.find(({ violated }) => violated(facts))?.message(facts);
  });
