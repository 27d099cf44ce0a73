export { resumeUpgradeWork, upgradeControllers } from './controllers.ts';
export type { Deployment, HostDriver, HostTier, NewDeployment } from './host/driver.ts';
export { namespaceDriver } from './host/namespace.ts';
export { sysrootDriver } from './host/sysroot.ts';
export type { UpgradeWorld } from './world.ts';
