import type { HostedCluster } from '@godwit/api';
import type { PoolFacts } from '../facts.ts';
import { bad, fine, good, type Judged, reasons, stopped } from './claim.ts';

type History = NonNullable<NonNullable<NonNullable<HostedCluster['status']>['version']>['history']>;

/** Version that a pool must not exceed: of the newest upgrade that has come to its end; else that of the wanted release. */
export const clusterVersion = (history: History | undefined, wanted: string | undefined): string | undefined =>
  history?.find(({ completionTime, version }) => completionTime !== undefined && version !== '')?.version ?? wanted;

/** ValidReleaseImage and SupportedVersionSkew: whether the pool's release can be read and fits the control plane's. */
export const judgeRelease =
  (skew: (clusterVersion: string, poolVersion: string) => string | undefined) =>
  ({ release, clusterVersion: cluster, pool }: PoolFacts): Judged => {
    if (!release.ok) return stopped(bad('ValidReleaseImage', reasons.validationFailed, release.message));
    const problem = cluster === undefined ? undefined : skew(cluster, release.release.version);
    if (problem !== undefined)
      return stopped(
        bad('ValidReleaseImage', reasons.validationFailed, problem),
        bad('SupportedVersionSkew', reasons.unsupportedSkew, problem),
      );
    return fine(
      good('ValidReleaseImage', `Using release image: ${pool.spec.release.image}`),
      good('SupportedVersionSkew', 'Release image version is valid'),
    );
  };
