export type { Deployment, HostDriver, HostTier, NewDeployment } from './host/driver.ts';
