import type { HostDriver } from './driver.ts';
import type { OstreeBackEnd } from './ostree/back-end.ts';
import { ostreeCommits } from './ostree/commits.ts';
import { ostreeContext } from './ostree/context.ts';
import { ostreeDeployments } from './ostree/deployments.ts';
import { ostreeReads } from './ostree/reads.ts';
import { ostreeStateroots } from './ostree/stateroots.ts';

/** A host driver over real ostree. */
export const ostreeDriver = (backEnd: OstreeBackEnd): HostDriver => {
  const context = ostreeContext(backEnd);
  return {
    tier: backEnd.tier,
    simulated: backEnd.simulated,
    root: backEnd.root,
    bootId: backEnd.bootId,
    listDeployments: context.list,
    staterootPath: context.staterootPath,
    deploymentPath: context.deploymentPath,
    originPath: context.originPath,
    makeWritable: () => context.telling('/sysroot cannot be made writable', backEnd.makeWritable),
    reboot: (reason) => context.telling('The host cannot be rebooted', () => backEnd.reboot(reason)),
    ...ostreeReads(context),
    ...ostreeStateroots(context),
    ...ostreeCommits(context),
    ...ostreeDeployments(context),
  };
};
