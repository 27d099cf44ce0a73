import { compareVersions, majorMinor, minorName, minorNumber, parseVersion, versionProblemOr } from './version.ts';

/** How many minors a pool may be older than its control plane. */
const MINORS_BEHIND = 3;

/** What speaks against a pool of this version beside a control plane of that; undefined when nothing does. Pure. */
export const skewProblem = (cluster: string, pool: string): string | undefined =>
  versionProblemOr(() => {
    const [above, below] = [parseVersion(cluster), parseVersion(pool)];
    if (compareVersions(below, above) > 0) return `NodePool version ${pool} cannot be higher than the HostedCluster version ${cluster}`;
    const oldest = minorNumber(above) - MINORS_BEHIND;
    if (minorNumber(below) >= oldest) return undefined;
    const [found, least, wanted] = [majorMinor(below), minorName(oldest), majorMinor(above)];
    return `NodePool minor version ${found} is less than ${least}, which is the minimum NodePool version compatible with the ${wanted} HostedCluster`;
  });
