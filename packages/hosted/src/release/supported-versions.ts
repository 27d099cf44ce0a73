import { majorMinor, minorNames, minorNumber, parseVersion } from './version.ts';

/** Ends of the versions that can be deployed, inclusive. */
export type SupportedRange = { minimum: string; latest: string };

/** Labels of the one ConfigMap that clients find by them. */
export const SUPPORTED_VERSIONS_LABEL = 'hypershift.openshift.io/supported-versions';

/** The minors that can be deployed, newest first; a minor that has names in both major lines is listed under both. */
export const supportedVersions = ({ minimum, latest }: SupportedRange): string[] => {
  const [low, high] = [parseVersion(minimum), parseVersion(latest)];
  const count = minorNumber(high) - minorNumber(low) + 1;
  const numbers = Array.from({ length: Math.max(count, 0) }, (_, index) => minorNumber(high) - index);
  const isBetween = (name: string): boolean => Number(name[0]) <= high.major && Number(name[0]) >= low.major;
  // 5.0 as the lowest end leaves 4.23 out, and 4.23 as the highest leaves 5.0 out.
  return numbers.flatMap(minorNames).filter(isBetween);
};

/** Kubernetes minors by release minor. */
const KUBERNETES: Readonly<Record<string, string>> = {
  '4.14': '1.27.0',
  '4.15': '1.28.0',
  '4.16': '1.29.0',
  '4.17': '1.30.0',
  '4.18': '1.31.0',
  '4.19': '1.32.0',
  '4.20': '1.33.0',
  '4.21': '1.34.0',
  '4.22': '1.35.0',
  '4.23': '1.36.0',
  '5.0': '1.36.0',
  '5.1': '1.37.0',
};

/** The Kubernetes version that a release is built on, at least; throws a RangeError for a minor that nobody has released. */
export const kubernetesVersionOf = (release: string): string => {
  const minor = majorMinor(parseVersion(/^\d+\.\d+$/.test(release) ? `${release}.0` : release));
  const version = KUBERNETES[minor];
  if (version === undefined) throw new RangeError(`no Kubernetes version is known for release ${release}`);
  return version;
};

/** Data of ConfigMap `supported-versions`, as upstream's clients read it; `server` is the version of this operator. */
export const supportedVersionsData = (range: SupportedRange, server: string): Record<string, string> => ({
  'supported-versions': JSON.stringify({ versions: supportedVersions(range) }),
  'server-version': server,
});

/** What an operator says that it can deploy, or why it cannot be known. */
export type AdvertisedVersions = { versions: string[]; server: string } | { problem: string };

const parseList = (text: string): string[] | undefined => {
  try {
    const { versions } = JSON.parse(text) as { versions?: unknown };
    return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined;
  } catch {
    return undefined;
  }
};

/** Reads ConfigMap `supported-versions`; undefined stands for one that is not there. */
export const readSupportedVersions = (configMap: { data?: Record<string, string> | undefined } | undefined): AdvertisedVersions => {
  if (configMap === undefined) return { problem: 'failed to find supported versions on the server' };
  const { 'server-version': server, 'supported-versions': list } = configMap.data ?? {};
  if (server === undefined) return { problem: 'the server did not advertise its HyperShift version' };
  if (list === undefined) return { problem: 'the server did not advertise supported OCP versions' };
  const versions = parseList(list);
  return versions ? { versions, server } : { problem: 'failed to parse supported versions on the server' };
};
