import type { HostedCluster } from '@godwit/api';

type Platform = HostedCluster['spec']['platform']['type'];

/**
 * What this operator does for a platform; the one place where a platform is added. AWS and KubeVirt need machine templates and
 * credentials of their own, Agent needs its machines from agents.
 */
const PLATFORMS: Partial<Record<Platform, { /** The platform that the control plane is told. */ controlPlane: Platform }>> = {
  None: { controlPlane: 'None' },
  Agent: { controlPlane: 'None' },
};

/** Why a platform cannot be run; empty: it can. */
export const platformProblems = ({ type }: { type: Platform }): string[] =>
  PLATFORMS[type] === undefined ? [`platform ${type} is not run by this operator; choose one of ${Object.keys(PLATFORMS).join(', ')}`] : [];

/** The platform as the control plane sees it: that of an Agent cluster has none. */
export const controlPlanePlatform = (platform: HostedCluster['spec']['platform']): HostedCluster['spec']['platform'] => {
  const type = PLATFORMS[platform.type]?.controlPlane ?? platform.type;
  return type === platform.type ? platform : { type };
};
