export { upgradeControllers } from './controllers.ts';
export type { Deployment, HostDriver, HostTier, NewDeployment } from './host/driver.ts';
export type { UpgradeWorld } from './world.ts';
