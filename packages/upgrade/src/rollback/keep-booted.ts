import type { HostDriver } from '../host/driver.ts';
import { disarm } from './deadline.ts';

/**
 * Makes the release that runs the one that stays: nothing rolls back by itself any more, and it boots next again, which a rollback that failed
 * may have changed. May be run again after it was cut short.
 */
export const keepBooted = async (host: HostDriver): Promise<void> => {
  await disarm(host.root);
  const booted = (await host.listDeployments()).find((each) => each.booted);
  if (booted === undefined) return;
  await host.makeWritable();
  await host.setDefault(booted);
};
