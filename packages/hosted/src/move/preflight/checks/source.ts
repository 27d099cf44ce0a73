import { bad, type Check, ok } from '../finding.ts';

/** The hosted cluster is there. */
export const exists: Check = ({ cluster, wanted }) =>
  cluster === undefined
    ? bad('HostedClusterMissing', `HostedCluster ${wanted} is not on the source; check the name and the kubeconfig`)
    : ok('HostedCluster', cluster.infraID);

/** Nobody else is at work on it. */
export const free: Check = ({ cluster, goingPools }) => {
  if (cluster?.fenced !== undefined) return bad('SourceFenced', `the HostedCluster carries fence ${cluster.fenced}: it runs elsewhere`);
  if (cluster?.deleting === true) return bad('SourceDeleting', 'the HostedCluster is being deleted; a moved one would come back');
  if (goingPools.length > 0)
    return bad('SourceDeleting', `NodePool ${goingPools.join(', ')} is being deleted; a moved one would come back: wait until it is gone`);
  return cluster?.paused === true
    ? bad('SourcePaused', 'the HostedCluster is paused by somebody else; resume it first')
    : ok('SourceFree', 'neither paused nor fenced');
};

/** It has all that it refers to. */
export const whole: Check = ({ missing }) =>
  missing.length > 0
    ? bad(
        'ReferencesMissing',
        `the hosted cluster refers to objects that are not on the source: ${missing.join(', ')}; create them, or take the references away`,
      )
    : ok('References', 'all on the source');
