import type { HostedCluster } from '@godwit/api';
import { annotations } from '@godwit/api';
import { coreComplete, userDocuments } from '../config/collect.ts';
import type { PoolFacts } from '../facts.ts';
import { managementProblem } from '../management.ts';
import { bad, fine, good, type Judged, off, type PoolClaim, reasons, stopped } from './claim.ts';

/** Whether the machines of this cluster are those of the local infrastructure. */
export const isLocal = ({ metadata }: Pick<HostedCluster, 'metadata'>): boolean =>
  metadata.annotations?.[annotations.infrastructure] === 'local';

/** AutoscalingEnabled: the place of the cluster autoscaler; a pool with bounds gets its smallest number of nodes until there is one. */
export const judgeAutoscaling = ({ pool: { spec } }: PoolFacts): Judged =>
  fine(
    spec.autoScaling === undefined
      ? off('AutoscalingEnabled')
      : bad(
          'AutoscalingEnabled',
          reasons.notFound,
          `no cluster autoscaler runs yet: the pool keeps ${spec.autoScaling.min} nodes`,
          'Warning',
        ),
  );

/** UpdateManagementEnabled: whether nodes can be renewed as the pool says. */
export const judgeManagement = ({ pool: { spec } }: PoolFacts): Judged => {
  const problem =
    managementProblem(spec.management) ??
    (spec.management.upgradeType === 'InPlace' ? 'nodes cannot be updated in place yet; use upgradeType Replace in a new pool' : undefined);
  return problem === undefined
    ? fine(good('UpdateManagementEnabled', ''))
    : stopped(bad('UpdateManagementEnabled', reasons.validationFailed, problem));
};

const endpointProblem = ({ ignition }: PoolFacts): PoolClaim | undefined => {
  if (ignition.endpoint === undefined)
    return bad('IgnitionEndpointAvailable', reasons.endpointMissing, 'Ignition endpoint not available, waiting', 'Info');
  if (ignition.authority === undefined)
    return bad(
      'IgnitionEndpointAvailable',
      reasons.authorityMissing,
      'the certificate authority of the control plane is not there yet',
      'Info',
    );
  return undefined;
};

/** IgnitionEndpointAvailable; taken away when all is well. */
export const judgeIgnition = (facts: PoolFacts): Judged => {
  const problem = endpointProblem(facts);
  return problem === undefined ? fine() : stopped(problem);
};

/** ValidArchPlatform: whether the release has programs for the pool's processors. */
export const judgeArchitecture = ({ pool: { spec }, release }: PoolFacts): Judged => {
  if (!release.ok || release.release.architecture === spec.arch) return fine(good('ValidArchPlatform', 'All is well'));
  const { image, architecture } = release.release;
  return stopped(
    bad('ValidArchPlatform', reasons.invalidArchitecture, `release ${image} is for ${architecture}, the pool wants ${spec.arch}`),
  );
};

/** ValidPlatformConfig: whether machines of this platform can be made here. */
export const judgePlatform = ({ pool: { spec } }: PoolFacts): Judged =>
  spec.platform.type === 'None'
    ? fine(good('ValidPlatformConfig', 'All is well'))
    : stopped(bad('ValidPlatformConfig', reasons.validationFailed, `machines of platform ${spec.platform.type} cannot be made yet`));

/** ValidMachineConfig: whether nodes can be given what the pool's ConfigMaps hold. */
export const judgeConfig = ({ config }: PoolFacts): Judged => {
  try {
    userDocuments(config);
  } catch (error) {
    return stopped(bad('ValidMachineConfig', reasons.validationFailed, (error as Error).message));
  }
  const core = coreComplete(config);
  return core.complete
    ? fine(good('ValidMachineConfig', ''))
    : stopped(bad('ValidMachineConfig', reasons.validationFailed, core.message, 'Info'));
};
